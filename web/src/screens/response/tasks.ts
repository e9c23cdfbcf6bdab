// How a task stands, in steps of status, and how roles are called.

import { instant } from '$core/quantities';
import type { Status } from '$core/statuses';
import { inWords, type PlanDocument, type RoleDocument, type RolesDocument, type TaskDocument } from './documents';

/** The columns of the board, from asked to over. */
export type Column = 'waiting' | 'running' | 'taken' | 'over';

export function columnOf(task: TaskDocument): Column {
  return task.stage === 'waiting' || task.stage === 'running' || task.stage === 'taken' ? task.stage : 'over';
}

/** Return the step of a task at an instant: red only when its time is over and somebody has to act. */
export function statusOfTask(task: TaskDocument, nowMs: number): Status {
  if (columnOf(task) === 'over') return task.stage === 'done' ? 'normal' : 'off';
  if (task.stage === 'waiting') return 'off';
  if (instant(task.due_utc) < nowMs) return 'critical';
  if (!task.asked.length || instant(task.acknowledge_by_utc) < nowMs) return 'serious';
  return task.unanswered ? 'caution' : 'standby';
}

/** Return by when the next thing has to happen to a task: that somebody answers, or that it is done. */
export function nextMs(task: TaskDocument): number {
  if (task.stage === 'waiting' || columnOf(task) === 'over') return NaN;
  const [answer, due] = [task.unanswered ? instant(task.acknowledge_by_utc) : NaN, instant(task.due_utc)];
  return Number.isNaN(answer) ? due : Number.isNaN(due) ? answer : Math.min(answer, due);
}

const ORDER: Record<Status, number> = { critical: 0, serious: 1, caution: 2, standby: 3, off: 4, normal: 5 };

/** Return tasks with the most pressing first. */
export function pressing(tasks: readonly TaskDocument[], nowMs: number): TaskDocument[] {
  const far = (task: TaskDocument) => (Number.isNaN(nextMs(task)) ? Infinity : nextMs(task));
  return [...tasks].sort(
    (one, other) => ORDER[statusOfTask(one, nowMs)] - ORDER[statusOfTask(other, nowMs)] || Math.sign(far(one) - far(other)) || 0,
  );
}

/** Return who has a task now: the role that was asked last; nothing when nobody has it. */
export function holderOf(task: TaskDocument): string {
  return task.asked.at(-1) ?? task.by;
}

export function rolesOf(plan: PlanDocument, told: RolesDocument | null): Map<string, RoleDocument> {
  const found = told?.plans.find((each) => each.plan === plan.plan)?.roles ?? [];
  return new Map(found.map((role) => [role.role, role]));
}

/** Return how a role is called in whichever plan knows it; its bare name when none does. */
export function roleName(role: string, told: RolesDocument | null): string {
  for (const plan of told?.plans ?? []) {
    const found = plan.roles.find((each) => each.role === role);
    if (found) return inWords(found.name);
  }
  return role;
}

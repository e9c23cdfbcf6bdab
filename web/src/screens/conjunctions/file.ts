// What a file of the table has: every figure of a row under its own name, with its unit.

import type { Column } from '$parts/columns';
import type { Row } from './told';

const NAMES = [
  'event_id', 'tca_utc', 'urgency', 'urgency_because', 'primary_norad_cat_id', 'primary_name', 'primary_object_id', 'primary_age_h',
  'secondary_norad_cat_id', 'secondary_name', 'secondary_object_id', 'secondary_age_h', 'probability', 'max_probability',
  'probability_region', 'probability_covariance', 'miss_distance_m', 'miss_radial_m', 'miss_transverse_m', 'miss_normal_m',
  'relative_speed_m_s', 'hard_body_radius_m', 'mahalanobis_distance', 'stands_by',
] as const;

export const fileColumns: Column<Row>[] = [
  ...NAMES.map((name) => ({ key: name, head: name, value: (row: Row) => row[name] })),
  { key: 'originators', head: 'originators', value: (row) => row.originators.join(' ') },
  { key: 'incidents', head: 'incidents', value: (row) => row.incidents.map((one) => one.incident_id).join(' ') },
];

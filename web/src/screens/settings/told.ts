// What the node tells of whoever asks.

export interface AccountTold {
  account: string;
  person: string;
  state: string;
  rights: { right: string; value: string }[];
  groups: string[];
  subject: string;
  tokens: { name: string; scopes: string[]; expires_utc: string }[];
}

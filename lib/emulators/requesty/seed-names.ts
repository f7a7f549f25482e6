export const GROUP_SEEDS = [
  {
    name: 'Platform',
    services: ['api-gateway', 'code-review', 'incident-notes', 'log-explainer', 'ci-helper'],
  },
  {
    name: 'Customer Support',
    services: ['ticket-triage', 'reply-drafts', 'chat-widget', 'call-summaries', 'help-search'],
  },
  {
    name: 'Growth',
    services: ['ad-copy', 'email-subjects', 'landing-variants', 'lead-scoring', 'seo-briefs'],
  },
  {
    name: 'Data Science',
    services: ['churn-features', 'notebook-assistant', 'sql-copilot', 'eval-runner', 'embeddings'],
  },
  {
    name: 'Legal & Compliance',
    services: ['contract-review', 'policy-search', 'redaction', 'dpa-checker', 'retention'],
  },
  {
    name: 'Mobile',
    services: ['app-assistant', 'voice-input', 'translation', 'image-captions', 'release-notes'],
  },
] as const;

export const ENVIRONMENTS = ['prod', 'staging', 'dev', 'batch'] as const;

export const QUALIFIERS = ['eu', 'us', 'apac', 'v2', 'canary', 'nightly', 'partners', 'internal'] as const;

export const FIRST_NAMES = [
  'amara',
  'ben',
  'chloe',
  'diego',
  'elif',
  'farid',
  'greta',
  'hana',
  'ivan',
  'jana',
  'kofi',
  'lena',
  'mateo',
  'nadia',
  'oskar',
  'priya',
  'quinn',
  'rosa',
  'sven',
  'tomas',
  'uma',
  'victor',
  'wanda',
  'yusuf',
  'zoe',
] as const;

export const LAST_NAMES = [
  'adeyemi',
  'berg',
  'castillo',
  'dubois',
  'eriksen',
  'fischer',
  'garcia',
  'haddad',
  'ito',
  'jansen',
  'kowalski',
  'lindqvist',
  'moreau',
  'novak',
  'okafor',
  'patel',
  'rossi',
  'schmidt',
  'tanaka',
  'weber',
] as const;

export const ORIGINS = ['Backend services', 'Cursor', 'Cline', 'Open WebUI', 'Airflow', 'n8n'] as const;

export const COST_CENTERS = ['cc-1010', 'cc-1020', 'cc-2040', 'cc-3300', 'cc-4100'] as const;

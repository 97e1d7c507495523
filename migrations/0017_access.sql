-- People who sign in, and where they are signed in now.
CREATE TABLE users (
  id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name                 text NOT NULL CHECK (name <> ''),
  display_name         text NOT NULL CHECK (display_name <> ''),
  -- argon2id in PHC form; null: signs in elsewhere, or with one click in the demo district
  password_hash        text,
  must_change_password boolean NOT NULL DEFAULT false,
  -- subject at the organisation's own sign-in
  open_id_subject      text UNIQUE,
  is_demo              boolean NOT NULL DEFAULT false,
  role                 text NOT NULL CHECK (role IN ('administrator', 'planner', 'supervisor', 'dispatcher',
                         'grid-worker', 'department-handler', 'viewer')),
  -- area codes; '' is everything
  scope                text[] NOT NULL CHECK (cardinality(scope) > 0),
  department_code      text COLLATE "C" REFERENCES departments (code),
  is_disabled          boolean NOT NULL DEFAULT false,
  created_at           timestamptz NOT NULL DEFAULT now(),
  CHECK ((role = 'department-handler') = (department_code IS NOT NULL)),
  -- what an administrator sees is the whole deployment
  CHECK (role <> 'administrator' OR scope = '{""}')
);
-- People type their name as they please
CREATE UNIQUE INDEX users_name ON users (lower(name));

CREATE TABLE sessions (
  -- SHA-256 of the cookie: who reads this table cannot sign in with it
  token_hash   bytea PRIMARY KEY,
  user_id      bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at   timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  address      text NOT NULL,
  agent        text NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

-- Failures to sign in by name, of people or of nobody: who guesses waits longer each time.
CREATE TABLE sign_in_failures (
  -- SHA-256 of the name in lower case: a password typed into the wrong field is not kept
  name_hash bytea PRIMARY KEY,
  failures  integer NOT NULL CHECK (failures > 0),
  last_at   timestamptz NOT NULL DEFAULT now()
);

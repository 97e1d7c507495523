-- What was brought in, from which file, with which result.
CREATE TABLE imports (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind          text NOT NULL CHECK (kind IN ('areas', 'grids', 'buildings', 'incidents', 'categories', 'indicators')),
  file_name     text NOT NULL,
  state         text NOT NULL CHECK (state IN ('running', 'done', 'refused', 'failed')),
  started_at    timestamptz NOT NULL DEFAULT now(),
  finished_at   timestamptz,
  rows_read     bigint NOT NULL DEFAULT 0,
  rows_written  bigint NOT NULL DEFAULT 0,
  rows_rejected bigint NOT NULL DEFAULT 0,
  -- counted findings that are no rejection: attribution, cleaning, warnings
  summary       jsonb NOT NULL DEFAULT '{}',
  -- who must be credited wherever this data is shown
  attribution   text,
  -- path under the data directory of the report of rejected rows
  report_file   text
);

-- What walls were alarmed of: by a rule of theirs, or by the configured CAP source.
CREATE TABLE alarms (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source          text NOT NULL CHECK (source IN ('rule', 'cap')),
  -- 0: the ready-made wall; null: every wall that may see the area
  wall_id         bigint,
  rule_id         text,
  -- of a CAP message: sender,identifier,sent, as its references write it; once each
  cap_message     text UNIQUE,
  language        text NOT NULL,
  raised_at       timestamptz NOT NULL DEFAULT now(),
  expires_at      timestamptz NOT NULL,
  title           text NOT NULL,
  text            text NOT NULL,
  level           smallint NOT NULL CHECK (level BETWEEN 1 AND 4),
  -- grid or area it is about, with its name; '': nowhere in particular
  place_code      text COLLATE "C" NOT NULL,
  place_name      text NOT NULL,
  -- area of that place: who may see it
  area_code       text COLLATE "C" NOT NULL,
  geom            geometry(Point, 4326),
  incident_ids    bigint[] NOT NULL DEFAULT '{}',
  acknowledged_at timestamptz,
  acknowledged_by text,
  CHECK ((source = 'rule') = (wall_id IS NOT NULL AND rule_id IS NOT NULL)),
  CHECK ((source = 'cap') = (cap_message IS NOT NULL)),
  CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL))
);
CREATE INDEX alarms_expires ON alarms (expires_at);

-- Which cases a rule has told of: it tells of each once, however many processes watch.
CREATE TABLE alarm_cases (
  wall_id     bigint NOT NULL,
  rule_id     text NOT NULL,
  incident_id bigint NOT NULL,
  alarm_id    bigint NOT NULL REFERENCES alarms (id) ON DELETE CASCADE,
  PRIMARY KEY (wall_id, rule_id, incident_id)
);
CREATE INDEX alarm_cases_alarm ON alarm_cases (alarm_id);

CREATE TRIGGER alarms_changed AFTER INSERT OR UPDATE OR DELETE ON alarms
  FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();

-- A warning from outside concerns everybody within its area too, and everybody when it names none.
SELECT scope_table('alarms', 'area_code ^@ ANY ((SELECT current_scope())::text[])
  OR (source = ''cap'' AND EXISTS (SELECT FROM unnest((SELECT current_scope())) own WHERE own ^@ area_code))');

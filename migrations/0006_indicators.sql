-- Numbers per area or grid per period that did not come from incidents.
CREATE TABLE indicators (
  code    text COLLATE "C" PRIMARY KEY CHECK (code <> ''),
  name    text NOT NULL CHECK (name <> ''),
  name_en text,
  unit    text
);
CREATE TABLE indicator_values (
  indicator_code text COLLATE "C" NOT NULL REFERENCES indicators (code) ON DELETE CASCADE,
  -- an area's or a grid's code
  place_code     text COLLATE "C" NOT NULL CHECK (place_code <> ''),
  period_from    date NOT NULL,
  period_to      date NOT NULL,
  value          double precision NOT NULL,
  PRIMARY KEY (indicator_code, place_code, period_from, period_to),
  CHECK (period_to > period_from)
);

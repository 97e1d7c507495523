-- One row where the database holds the demo district that the product makes itself.
CREATE TABLE demo_district (
  is_here     boolean PRIMARY KEY DEFAULT true CHECK (is_here),
  -- 1: the shipped size
  scale       real NOT NULL CHECK (scale > 0),
  -- every case up to here is written; the simulator goes on from here
  lived_until timestamptz NOT NULL
);

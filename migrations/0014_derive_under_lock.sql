-- Two steps of one case that are written at the same moment: the second waits for the first, and then derives
-- the status from both. Locking is a statement of its own because a statement sees what had been committed
-- when it began, not when it got its lock. The table comes before the rows, as for everybody who updates cases;
-- rows that this transaction itself wrote are its own already.
CREATE OR REPLACE FUNCTION derive_incident_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  LOCK TABLE incidents IN ROW EXCLUSIVE MODE;
  PERFORM 1 FROM incidents
    WHERE id IN (SELECT incident_id FROM added) AND xmin <> pg_current_xact_id()::xid
    ORDER BY id
      FOR NO KEY UPDATE;
  WITH touched AS (
    SELECT DISTINCT incident_id FROM added
  ), last_step AS (
    SELECT DISTINCT ON (t.incident_id) t.incident_id, t.to_status, t.at
      FROM transitions t JOIN touched USING (incident_id)
     ORDER BY t.incident_id, t.at DESC, t.id DESC
  ), last_deadline AS (
    SELECT DISTINCT ON (t.incident_id) t.incident_id, t.due_at
      FROM transitions t JOIN touched USING (incident_id)
     WHERE t.due_at IS NOT NULL
     ORDER BY t.incident_id, t.at DESC, t.id DESC
  ), derived AS (
    SELECT s.incident_id, s.to_status AS status, d.due_at,
           CASE WHEN s.to_status IN ('closed', 'void') THEN s.at END AS closed_at
      FROM last_step s LEFT JOIN last_deadline d USING (incident_id)
  )
  UPDATE incidents i
     SET status = derived.status, due_at = derived.due_at, closed_at = derived.closed_at, updated_at = now()
    FROM derived
   WHERE i.id = derived.incident_id
     AND (i.status, i.due_at, i.closed_at) IS DISTINCT FROM (derived.status, derived.due_at, derived.closed_at);
  RETURN NULL;
END $$;

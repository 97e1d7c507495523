-- Nothing of the audit goes before its time, whoever deletes it.
CREATE FUNCTION refuse_early_audit_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.day > (now() AT TIME ZONE 'UTC')::date - 180 THEN
    RAISE EXCEPTION 'the audit of a day is kept for 180 days';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_early_audit_end();

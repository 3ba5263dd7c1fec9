-- The chain of the audit log (操作ログ). Run once, by the owner of the tables; the application cannot change any of it.
--
-- An entry is inserted without a number. At commit it gets the next number of its log, the moment, and the hash over
-- itself and its predecessor. The head's row is locked only while transactions commit, so that a request that writes
-- an early entry does not hold up everybody else; numbers have no gaps, because a rolled back entry never had one.

-- One field as "octets:text,": joined fields cannot be mistaken for each other.
CREATE FUNCTION tenancy_audit_field(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN octet_length(convert_to(coalesce(value, ''), 'UTF8')) || ':' || coalesce(value, '') || ',';

-- The hash of an entry; tenancy/audit/chain.py has the same in Python, for logs that have left the database.
CREATE FUNCTION tenancy_audit_hash(entry tenancy_auditentry) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    text text := 'yakuba audit 1' || chr(10);
    item text;
BEGIN
    text := text || tenancy_audit_field(coalesce(entry.municipality, 'group ' || entry.group_id));
    text := text || tenancy_audit_field(entry.number::text);
    text := text || tenancy_audit_field(to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'));
    text := text || tenancy_audit_field(entry.actor) || tenancy_audit_field(entry.name);
    text := text || tenancy_audit_field(entry.place) || tenancy_audit_field(entry.action);
    text := text || tenancy_audit_field(entry.subject) || tenancy_audit_field(entry.reason);
    text := text || tenancy_audit_field(entry.detail) || tenancy_audit_field(cardinality(entry.items)::text);
    FOREACH item IN ARRAY entry.items LOOP
        text := text || tenancy_audit_field(item);
    END LOOP;
    text := text || tenancy_audit_field(entry.previous);
    RETURN encode(sha256(convert_to(text, 'UTF8')), 'hex');
END $$;

-- Whatever the application says about number, time and hash is not believed.
CREATE FUNCTION tenancy_audit_enter() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.number := NULL;
    NEW.at := clock_timestamp();
    NEW.previous := '';
    NEW.hash := '';
    RETURN NEW;
END $$;

CREATE FUNCTION tenancy_audit_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    here text := coalesce(current_setting('yakuba.municipality', true), '');
    among text := coalesce(current_setting('yakuba.group', true), '');
    entry tenancy_auditentry;
    head tenancy_audithead;
BEGIN
    -- At commit the transaction has left its wall; the owner is held by walls too.
    PERFORM set_config('yakuba.municipality', coalesce(NEW.municipality, ''), true);
    PERFORM set_config('yakuba.group', coalesce(NEW.group_id::text, ''), true);
    INSERT INTO tenancy_audithead (municipality, group_id, number, hash) VALUES (NEW.municipality, NEW.group_id, 0, '')
        ON CONFLICT DO NOTHING;
    SELECT * INTO STRICT head FROM tenancy_audithead
        WHERE municipality IS NOT DISTINCT FROM NEW.municipality AND group_id IS NOT DISTINCT FROM NEW.group_id
        FOR UPDATE;
    SELECT * INTO STRICT entry FROM tenancy_auditentry WHERE id = NEW.id;
    entry.number := head.number + 1;
    entry.at := clock_timestamp();
    entry.previous := head.hash;
    entry.hash := tenancy_audit_hash(entry);
    UPDATE tenancy_auditentry SET number = entry.number, at = entry.at, previous = entry.previous, hash = entry.hash
        WHERE id = entry.id;
    UPDATE tenancy_audithead SET number = entry.number, hash = entry.hash WHERE id = head.id;
    PERFORM set_config('yakuba.municipality', here, true);
    PERFORM set_config('yakuba.group', among, true);
    RETURN NULL;
END $$;

-- Not even the owner changes an entry by a slip: it would have to take this trigger off first.
CREATE FUNCTION tenancy_audit_keep() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.number IS NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit log is append-only';
END $$;

CREATE TRIGGER audit_enter BEFORE INSERT ON tenancy_auditentry
    FOR EACH ROW EXECUTE FUNCTION tenancy_audit_enter();
CREATE CONSTRAINT TRIGGER audit_chain AFTER INSERT ON tenancy_auditentry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION tenancy_audit_chain();
CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON tenancy_auditentry
    FOR EACH ROW EXECUTE FUNCTION tenancy_audit_keep();

-- Digests of all days that are over and have none yet, in the log of the wall this is called in; gives how many.
-- A day's digest is the last entry made before its midnight: as commits take their time under the head's lock,
-- none can come in behind it.
CREATE FUNCTION tenancy_audit_close_days(zone text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head tenancy_audithead;
    last tenancy_auditentry;
    day date;
    made integer := 0;
BEGIN
    SELECT * INTO head FROM tenancy_audithead FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    SELECT max(tenancy_auditdigest.day) + 1 INTO day FROM tenancy_auditdigest;
    IF day IS NULL THEN
        SELECT (at AT TIME ZONE zone)::date INTO day FROM tenancy_auditentry WHERE number = 1;
    END IF;
    WHILE day < (clock_timestamp() AT TIME ZONE zone)::date LOOP
        SELECT * INTO last FROM tenancy_auditentry
            WHERE at < (day + 1)::timestamp AT TIME ZONE zone AND number IS NOT NULL ORDER BY number DESC LIMIT 1;
        INSERT INTO tenancy_auditdigest (municipality, group_id, day, entries, hash)
            VALUES (head.municipality, head.group_id, day, coalesce(last.number, 0), coalesce(last.hash, ''));
        made := made + 1;
        day := day + 1;
    END LOOP;
    RETURN made;
END $$;

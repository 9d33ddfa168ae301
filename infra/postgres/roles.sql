-- Schemas, roles and grants of every service. Run as superuser inside the database `llmops`; safe to run again.
-- A service owns one schema and a journal schema (`<service>_meta`). `<service>_owner` runs its migrations,
-- `<service>_app` reads and writes rows there and nowhere else. Passwords are set apart (ALTER ROLE … PASSWORD).

CREATE SCHEMA IF NOT EXISTS extensions;
CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA extensions;

REVOKE ALL ON SCHEMA public FROM PUBLIC;

DO $$
DECLARE
  -- A new service is one more name here.
  services CONSTANT text[] := ARRAY['governance', 'data', 'models', 'retrieval', 'observability', 'cost'];
  service text;
  owner text;
  app text;
  journal text;
  role_name text;
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());

  FOREACH service IN ARRAY services LOOP
    owner := service || '_owner';
    app := service || '_app';
    journal := service || '_meta';

    FOREACH role_name IN ARRAY ARRAY[owner, app] LOOP
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
        EXECUTE format('CREATE ROLE %I', role_name);
      END IF;
      EXECUTE format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', role_name);
      EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role_name);
      EXECUTE format('GRANT USAGE ON SCHEMA extensions TO %I', role_name);
      -- On the role, not on the database, so that databases cloned from this one have it too.
      EXECUTE format('ALTER ROLE %I SET search_path = %I, extensions', role_name, service);
    END LOOP;

    -- The migrator says CREATE SCHEMA IF NOT EXISTS, which Postgres checks before it looks whether the schema is there.
    EXECUTE format('GRANT CREATE ON DATABASE %I TO %I', current_database(), owner);
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', service, owner);
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', journal, owner);

    -- The app reads the journal to see whether the schema suits it.
    EXECUTE format('GRANT USAGE ON SCHEMA %I, %I TO %I', service, journal, app);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT SELECT ON TABLES TO %I', owner, journal, app);

    EXECUTE format(
      'ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I',
      owner, service, app);
    EXECUTE format(
      'ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT USAGE, SELECT ON SEQUENCES TO %I', owner, service, app);
    -- Functions are open to everyone by default; a SECURITY DEFINER one must not be.
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC', owner);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT EXECUTE ON FUNCTIONS TO %I', owner, service, app);
  END LOOP;
END
$$;

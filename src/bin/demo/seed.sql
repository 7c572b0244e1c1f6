-- The database of the example organisation `acme`: the roles that governance/targets/*.yaml names as
-- permissions, the identities that governance/people.yaml names, and a little to read and write.
-- Repeatable: it runs at every start.

DO $$
DECLARE
  name text;
BEGIN
  -- Permissions: nobody logs in as one; a grant makes an identity its member.
  FOREACH name IN ARRAY ARRAY['payments_readonly', 'payments_readwrite', 'analytics_report', 'analytics_readonly'] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    END IF;
  END LOOP;
  -- Identities: what people and machines log in as; they start with nothing.
  FOREACH name IN ARRAY ARRAY['alice', 'ivan', 'lena', 'settlement_bot'] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I LOGIN', name);
    END IF;
  END LOOP;
END $$;

CREATE SCHEMA IF NOT EXISTS payments;
CREATE TABLE IF NOT EXISTS payments.settlement (
  batch integer PRIMARY KEY,
  status text NOT NULL
);
INSERT INTO payments.settlement VALUES (8840, 'settled'), (8841, 'stuck') ON CONFLICT DO NOTHING;

CREATE SCHEMA IF NOT EXISTS analytics;
CREATE OR REPLACE VIEW analytics.settlement_count AS
  SELECT status, count(*) AS batches FROM payments.settlement GROUP BY status;

GRANT USAGE ON SCHEMA payments TO payments_readonly, payments_readwrite;
GRANT SELECT ON payments.settlement TO payments_readonly;
GRANT SELECT, INSERT, UPDATE, DELETE ON payments.settlement TO payments_readwrite;
GRANT USAGE ON SCHEMA analytics TO analytics_report, analytics_readonly;
GRANT SELECT ON analytics.settlement_count TO analytics_report;
GRANT SELECT ON ALL TABLES IN SCHEMA analytics TO analytics_readonly;

-- Contacts stand behind the second wall too, by the scope of their case.
SELECT scope_table('contacts', 'EXISTS (SELECT FROM scoped.incidents WHERE incidents.id = contacts.incident_id)');

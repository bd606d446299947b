-- Dump of the catalogue: the load reads it, and never writes to it. A list price is the same figure in every currency.
CREATE TABLE product (
  sku   TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  price REAL NOT NULL CHECK (price >= 0)
);
INSERT INTO product VALUES
  ('mug',     'Enamel mug',       12.50),
  ('kettle',  'Whistling kettle', 49.00),
  ('filter',  'Paper filters',     4.50),
  ('scale',   'Brewing scale',    39.90);

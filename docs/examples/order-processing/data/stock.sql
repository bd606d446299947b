-- The stock that a fresh checkout starts with. IF NOT EXISTS and OR IGNORE: two steps may come first.
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS stock (
  sku    TEXT PRIMARY KEY,
  title  TEXT NOT NULL,
  free   INTEGER NOT NULL CHECK (free >= 0),
  weight REAL NOT NULL  -- kilograms for one piece
);
CREATE TABLE IF NOT EXISTS reservation (
  "order" TEXT NOT NULL,
  sku     TEXT NOT NULL REFERENCES stock (sku),
  qty     INTEGER NOT NULL CHECK (qty > 0),
  PRIMARY KEY ("order", sku)
);
INSERT OR IGNORE INTO stock VALUES
  ('mug',    'Enamel mug',        120, 0.31),
  ('kettle', 'Whistling kettle',   14, 1.15),
  ('filter', 'Paper filters',     800, 0.08),
  ('scale',  'Brewing scale',       3, 0.54);
COMMIT;

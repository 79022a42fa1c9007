"""MySQL's ways of asking what is in a database, as questions to SQLite's own catalogue."""

from __future__ import annotations

from frappe.database.tokens import NAME, WORD, Token, join, tokenize

Tokens = list[Token]

TABLES = (
    "select name as `Tables` from sqlite_master"
    " where type = 'table' and name not like 'sqlite!_%' escape '!' order by name"
)
COLUMNS = (
    "select name as `Field`, lower(type) as `Type`, iif(`notnull` or pk, 'NO', 'YES') as `Null`,"
    " iif(pk, 'PRI', '') as `Key`, dflt_value as `Default`, '' as `Extra` from pragma_table_info({table})"
)
INDEXES = (
    "select {table} as `Table`, 1 - i.`unique` as `Non_unique`,"
    " iif(i.origin = 'pk', 'PRIMARY', replace(i.name, {table} || '_', '')) as `Key_name`,"
    " c.seqno + 1 as `Seq_in_index`, c.name as `Column_name`"
    " from pragma_index_list({table}) as i join pragma_index_info(i.name) as c"
)
SCHEMA = {
    "tables": (
        "select database() as table_schema, name as table_name, iif(type = 'view', 'VIEW', 'BASE TABLE') as table_type"
        " from sqlite_master where type in ('table', 'view') and name not like 'sqlite!_%' escape '!'"
    ),
    "columns": (
        "select database() as table_schema, m.name as table_name, c.name as column_name, c.cid + 1 as ordinal_position,"
        " c.dflt_value as column_default, iif(c.`notnull` or c.pk, 'NO', 'YES') as is_nullable,"
        " lower(c.type) as data_type, lower(c.type) as column_type, iif(c.pk, 'PRI', '') as column_key"
        " from sqlite_master as m join pragma_table_info(m.name) as c where m.type = 'table'"
    ),
    "statistics": (
        "select database() as table_schema, m.name as table_name, 1 - i.`unique` as non_unique,"
        " iif(i.origin = 'pk', 'PRIMARY', replace(i.name, m.name || '_', '')) as index_name,"
        " c.seqno + 1 as seq_in_index, c.name as column_name"
        " from sqlite_master as m join pragma_index_list(m.name) as i join pragma_index_info(i.name) as c"
        " where m.type = 'table'"
    ),
}
"""The tables of `information_schema` that can be asked, with the columns that are known here."""

_COLUMN_WORDS = ("columns", "fields")
_INDEX_WORDS = ("index", "indexes", "keys")
AFTER_A_TABLE = (
    *(
        "where",
        "group",
        "order",
        "limit",
        "having",
        "union",
        "join",
        "inner",
        "left",
        "right",
        "cross",
        "natural",
        "on",
    ),
    *("natural", "using", "for", "window"),
)
"""Words that begin the next clause and are no name for the table before them."""


def inspection(tokens: Tokens) -> Tokens:
    """`show tables`, `describe t`, `show columns from t`, `show index from t`, narrowed by `like` or `where`."""
    if not tokens or not tokens[0].is_word("show", "describe", "desc"):
        return tokens
    if not tokens[0].is_word("show"):
        return _question(COLUMNS, tokens[1:], "Field") if len(tokens) > 1 and _is_name(tokens[1]) else tokens
    rest = [token for token in tokens[1:] if not token.is_word("full", "extended")]
    if rest and rest[0].is_word("tables"):
        return _narrowed(TABLES, rest[1:], "Tables")
    if len(rest) > 2 and rest[1].is_word("from", "in") and _is_name(rest[2]):
        if rest[0].is_word(*_COLUMN_WORDS):
            return _question(COLUMNS, rest[2:], "Field")
        if rest[0].is_word(*_INDEX_WORDS):
            return _question(INDEXES, rest[2:], "Key_name")
    return tokens


def information_schema(tokens: Tokens) -> Tokens:
    """`information_schema.tables`, `.columns` and `.statistics` become questions of the same name."""
    out: Tokens = []
    index = 0
    while index < len(tokens):
        table = _schema_table(tokens, index)
        if table is None:
            out.append(tokens[index])
            index += 1
            continue
        out += tokenize(f" ({SCHEMA[table]})")
        index += 3
        if index == len(tokens) or not (tokens[index].is_word("as") or _is_alias(tokens[index])):
            out += tokenize(f" as `{table}`")
    return out


def _schema_table(tokens: Tokens, index: int) -> str | None:
    if len(tokens) < index + 3 or not tokens[index + 1].is_operator("."):
        return None
    schema, table = (_bare(tokens[position]) for position in (index, index + 2))
    return table if schema == "information_schema" and table in SCHEMA else None


def _bare(token: Token) -> str:
    return token.text.strip("`").lower() if _is_name(token) else ""


def _is_alias(token: Token) -> bool:
    return token.kind == NAME or (token.kind == WORD and not token.is_word(*AFTER_A_TABLE))


def _is_name(token: Token) -> bool:
    return token.kind in (NAME, WORD)


def _question(select: str, tokens: Tokens, column: str) -> Tokens:
    name = tokens[0].text.strip("`").replace("'", "''")
    return _narrowed(select.replace("{table}", f"'{name}'"), tokens[1:], column)


def _narrowed(select: str, rest: Tokens, column: str) -> Tokens:
    """Add `like …` (or the name of a column, as `describe t c` has it) or `where …` to a question."""
    asked = tokenize(f"select * from ({select})")
    if rest and rest[0].is_word("like"):
        return [*asked, *tokenize(f" where `{column}`"), *rest]
    if rest and not rest[0].is_word("where"):
        wanted = join(rest).strip("`").replace("'", "''")
        return [*asked, *tokenize(f" where `{column}` = '{wanted}'")]
    return [*asked, *rest]

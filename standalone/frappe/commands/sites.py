"""Sites: make, remove, choose, back up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

import frappe
from frappe import config
from frappe.commands import connected, get_site, pass_context, say, sites_of
from frappe.exceptions import ValidationError


@click.command("new-site")
@click.argument("site")
@click.option(
    "--db-type", type=click.Choice(["sqlite", "mariadb"]), help="Default: that of the common configuration, or sqlite."
)
@click.option("--db-name")
@click.option("--db-password")
@click.option("--db-user")
@click.option("--db-host")
@click.option("--db-port", type=int)
@click.option("--db-root-username", "--mariadb-root-username")
@click.option("--db-root-password", "--mariadb-root-password")
@click.option("--no-mariadb-socket", is_flag=True, hidden=True)
@click.option("--mariadb-user-host-login-scope", hidden=True)
@click.option("--admin-password", envvar="FRAPPE_ADMIN_PASSWORD", help="Without one, a password is made up and shown.")
@click.option("--install-app", "apps", multiple=True, help="Install this app too; may be repeated.")
@click.option("--set-default", is_flag=True, help="Make it the site of commands that name none.")
@click.option("--enable-scheduler/--no-scheduler", default=True, show_default=True)
@click.option("--source-sql", hidden=True)
@click.option("--force", is_flag=True, help="Throw away a site of that name.")
@click.option("--verbose", is_flag=True)
@pass_context
def new_site(
    context: Any,
    site: str,
    apps: tuple[str, ...],
    set_default: bool,
    force: bool,
    verbose: bool,
    source_sql: str | None,
    no_mariadb_socket: bool,
    mariadb_user_host_login_scope: str | None,
    **options: Any,
) -> None:
    """Make a site with its database."""
    from frappe import sites

    if source_sql:
        raise ValidationError("A site is not made from a dump here: make it, then use frappe restore.")
    given = options.get("admin_password")
    options["db_type"] = options["db_type"] or config.read_json(config.COMMON_CONFIG).get("db_type") or "sqlite"
    plan = sites.SitePlan(
        site,
        install_apps=apps,
        force=force or bool(context.force),
        verbose=verbose or bool(context.verbose),
        **options,
    )
    password = sites.new_site(plan)
    if set_default:
        _set_default(site)
    say(f"The site {site} is ready.")
    if not given and not frappe_conf_password():
        say(f"Administrator's password: {password}")


def frappe_conf_password() -> bool:
    """Tell whether the common configuration sets the password of new sites."""
    return bool(config.read_json(config.COMMON_CONFIG).get("admin_password"))


def _set_default(site: str) -> None:
    common = config.read_json(config.COMMON_CONFIG)
    config.write_json(config.COMMON_CONFIG, {**common, "default_site": site})


@click.command("drop-site")
@click.argument("site")
@click.option("--no-backup", is_flag=True)
@click.option("--archived-sites-path", type=click.Path(path_type=Path))
@click.option("--db-root-username", "--root-login", help="Who may remove a database from its server.")
@click.option("--db-root-password", "--root-password")
@click.option("--force", is_flag=True, hidden=True)
def drop_site(
    site: str,
    no_backup: bool,
    archived_sites_path: Path | None,
    db_root_username: str | None,
    db_root_password: str | None,
    force: bool,
) -> None:
    """Take a site away; its folder is moved to the archive."""
    from frappe import sites

    place = sites.drop_site(
        site,
        archive=archived_sites_path,
        no_backup=no_backup,
        root_user=db_root_username,
        root_password=db_root_password,
    )
    say(f"The site is now in {place}.")


@click.command("reinstall")
@click.option("--admin-password", envvar="FRAPPE_ADMIN_PASSWORD")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--db-root-username", "--mariadb-root-username", hidden=True)
@click.option("--db-root-password", "--mariadb-root-password", hidden=True)
@pass_context
def reinstall(context: Any, admin_password: str | None, yes: bool, **_: Any) -> None:
    """Empty the database of a site and install its apps again."""
    from frappe import sites

    site = get_site(context) or ""
    if not yes:
        click.confirm(f"All data of {site} will be gone. Go on?", abort=True)
    password = sites.reinstall(sites.SitePlan(site, admin_password=admin_password))
    say(f"The site {site} is new." + ("" if admin_password else f" Administrator's password: {password}"))


@click.command("list-sites")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def list_sites(form: str) -> None:
    """List the sites of the bench."""
    from frappe.cli import all_sites

    names = all_sites()
    say(json.dumps(names) if form == "json" else "\n".join(names))


@click.command("use")
@click.argument("site")
def use(site: str) -> None:
    """Choose the site of commands that name none."""
    if not Path(site, config.SITE_CONFIG).exists():
        raise ValidationError(f"There is no site named {site}.")
    _set_default(site)
    say(f"Commands are for {site} from now on.")


@click.command("backup")
@click.option("--with-files", is_flag=True, help="The files of tickets and articles as well.")
@click.option("--backup-path", type=click.Path(path_type=Path), help="Where to put it instead of the site's folder.")
@click.option("--compress", is_flag=True, help="Compress the files too.")
@click.option("--encrypt/--no-encrypt", default=None, help="Default: what encrypt_backup of site or settings says.")
@click.option("--include", hidden=True)
@click.option("--exclude", hidden=True)
@pass_context
def backup(
    context: Any,
    with_files: bool,
    backup_path: Path | None,
    compress: bool,
    encrypt: bool | None,
    include: str | None,
    exclude: str | None,
) -> None:
    """Copy the database (and files) of a site, while it runs."""
    from frappe.utils.backup_encryption import KEY, SUFFIX
    from frappe.utils.backups import new_backup

    if include or exclude:
        raise ValidationError("A backup holds the whole database; --include and --exclude do not exist here.")
    for site in sites_of(context):
        with connected(site):
            options: dict[str, Any] = {"backup_path": backup_path, "compress": compress, "encrypt": encrypt}
            made = new_backup(ignore_files=not with_files, **options)
        for path in made.paths():
            say(str(path))
        if made.database.suffix == SUFFIX:
            say(f"Keep {KEY} of {site}/site_config.json elsewhere, too: without it nobody can read these files.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--with-public-files", type=click.Path(exists=True, path_type=Path))
@click.option("--with-private-files", type=click.Path(exists=True, path_type=Path))
@click.option("--yes", "--force", is_flag=True, help="Do not ask.")
@click.option("--admin-password", help="Set Administrator's password afterwards.")
@click.option("--encryption-key", "--backup-encryption-key", help="Default: the site's backup_encryption_key.")
@pass_context
def restore(
    context: Any,
    file: Path,
    with_public_files: Path | None,
    with_private_files: Path | None,
    yes: bool,
    admin_password: str | None,
    encryption_key: str | None,
) -> None:
    """Put a backup of the database (and files) in the place of a site's data. Stop the server first."""
    from frappe.utils.password import update_password
    from frappe.utils.restoring import restore_backup

    site = get_site(context) or ""
    if not yes:
        click.confirm(f"All data of {site} will be replaced by {file.name}. Go on?", abort=True)
    restore_backup(site, file, with_public_files, with_private_files, encryption_key=encryption_key)
    if admin_password:
        with connected(site):
            update_password("Administrator", admin_password)
            frappe.db.commit()
    say(f"The data of {file.name} is back. Run frappe --site {site} migrate if the code is newer than the backup.")
    with connected(site):
        if not are_secrets_readable():
            say("! Its stored secrets need another encryption_key: the one in the backup's …site_config_backup.json.")


def are_secrets_readable() -> bool:
    """Tell whether the site's key opens a secret that is stored in its database; True when there is none."""
    from frappe.utils.password import decrypt

    rows = frappe.db.sql("select `password` from `__Auth` where `encrypted` = 1 limit 1")
    try:
        return not rows or decrypt(rows[0][0]) is not None
    except ValidationError:
        return False

"""The command line: the work of the window without a window, and without words the window.

Exit code 0: done. 1: something the user can act on, one Chinese line on stderr. 2: wrong usage.
What a command gives goes to stdout, what it has to say about it to stderr.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from xinfang_desktop import __version__
from xinfang_desktop.errors import OfficeError

if TYPE_CHECKING:
    from sqlmodel import Session

    from xinfang_desktop.casework.intake import Done
    from xinfang_desktop.casework.matters import Link
    from xinfang_desktop.cli_limits import Reading
    from xinfang_desktop.forms.papers import AnyPaper
    from xinfang_desktop.models import Matter, OfficeProfile, Problem, Step
    from xinfang_desktop.store.database import Store

PASSWORD_VARIABLE = "XINFANG_PASSWORD"
DEBUG_VARIABLE = "XINFANG_DEBUG"
NEW_PASSWORD_VARIABLE = "XINFANG_NEW_PASSWORD"
FIRST_ACCOUNT = "管理员"

_PROGRAM = "命令行程序"
_PATIENCE = 5.0
"""Seconds that a command waits for another one; a window is not waited for any longer."""

_NO_PASSWORD = f"没有给出密码：请设环境变量 {PASSWORD_VARIABLE}，或在终端里运行后输入。"
_NO_NEW_PASSWORD = f"没有给出新密码：请设环境变量 {NEW_PASSWORD_VARIABLE}，或在终端里运行后输入。"
_NO_DISPLAY = (
    "这里没有图形界面，打不开窗口，数据没有改动；请在电脑桌面上打开，或用 xinfang --help 看命令。"
)
_UNEQUAL = "两次输入的密码不一样，没有新建；请重新运行。"
_UNKNOWN_FORM = "没有这种表单，请用 xinfang forms 查看表单名称。"
_BUG = (
    "程序出现意外错误，这一步没有完成；已登记的内容不受影响。"
    f"请重试；仍不行时设 {DEBUG_VARIABLE}=1 再运行一次，把输出交给维护人员。"
)
_NO_FILE = "restore 要给出备份文件，或用 --confirm 确认已恢复，二者取一"
_NO_PERIOD = "summary 要给出统计期，如 2026-10，或用 --add 汇总几个单位的数据文件"
_NO_NAME = "这个操作要给出账户名称"
_ONE_LIMIT = "deadline 要给一条规则，或者 --days、--working-days、--working-hours 之一，只取其一"
_NO_START = "deadline 要用 --from 写明从何时起算"
_BELOW_NOUGHT = "天数和小时数不能小于0"
_CALENDAR_WORDS = "calendar {action} 的写法是：xinfang calendar {usage}"
_ONE_IMPORT = "import 要给一个文件，或者 --list、--waiting、--withdraw、--original 之一，只取其一"
_NO_PLACE = "--original 要和 --to 一起写"
_NUMBER_OR_BLANK = "print 要么给编号，要么用 --blank 打印空白表，二者取一"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    _speak_utf8()
    args = _parser().parse_args(argv)
    try:
        code: int = args.run(args)
        print(end="", flush=True)
        return code
    except OfficeError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("已中断，没有做完的不算。", file=sys.stderr)
        return 1
    except Exception:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        print(_BUG, file=sys.stderr)
        return 1


def _open_window(args: argparse.Namespace) -> int:
    shown = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(map(os.environ.get, shown)):
        raise OfficeError(_NO_DISPLAY)
    from xinfang_desktop.ui.app import main as run_window

    return run_window(sys.argv[:1], data=args.data)


def _init(args: argparse.Namespace) -> int:
    from xinfang_desktop.casework.office_file import read_profile
    from xinfang_desktop.models import OfficeProfile
    from xinfang_desktop.store.database import create_store
    from xinfang_desktop.store.keys import password_advice

    profile = OfficeProfile()
    if args.office is not None:
        profile = read_profile(_text_of(args.office, what="单位资料文件"))
    password = _password(twice=True)
    store, code = create_store(
        _folder(args), password=password, profile=profile, account=args.account, now=_now()
    )
    store.close()
    print(f"已建好：{profile.name}{profile.desk}，账户 {args.account}。")
    print("恢复码（只显示这一次，请抄在纸上封存；忘记密码时只能靠它打开数据）：")
    print(code)
    if advice := password_advice(password):
        print(advice, file=sys.stderr)
    return 0


def _register(args: argparse.Namespace) -> int:
    from xinfang_desktop.casework import intake

    text = _text_of(args.file, what="登记记录文件")
    refused: list[str] = []
    if args.keep_going:
        sifted = intake.sift_records(text)
        records, refused = sifted.records, sifted.refused
    else:
        records = intake.read_records(text)
    with _store(args, holding=True) as store:

        def work(session: "Session") -> list[intake.Done]:
            return intake.register_records(
                session,
                records,
                by=store.viewer.name,
                now=_now(),
                viewer=store.viewer,
                refused=refused if args.keep_going else None,
                in_future=not args.no_future,
            )

        done, _ = store.do(work)
    _tell_registered(done, as_json=args.json)
    for sentence in refused:
        print(f"{sentence}；这一条没有登记。", file=sys.stderr)
    return 1 if refused else 0


def _show(args: argparse.Namespace) -> int:
    from xinfang_desktop.casework.matters import history, links, load_matter
    from xinfang_desktop.casework.telling import matter_lines, matter_object

    with _store(args) as store:
        viewer = store.viewer

        def read(session: "Session") -> "tuple[Matter, list[Step], list[Link]]":
            matter = load_matter(session, args.number, viewer=viewer)
            id = matter.petition.id
            assert id is not None
            return matter, history(session, id, viewer=viewer), links(session, id, viewer=viewer)

        found = store.read(read)
    if args.json:
        _print_json([matter_object(*found)])
    else:
        print("\n".join(matter_lines(*found)))
    return 0


def _search(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_ledger

    with _store(args) as store:
        found = cli_ledger.found(
            store,
            " ".join(args.words),
            today=_now().date(),
            columns=args.columns,
            sort=args.sort,
            limit=args.limit,
            full=args.full,
            purpose=args.purpose,
        )
    if args.json:
        _print_json(found.objects())
    else:
        print("".join(f"{line}\n" for line in found.lines()), end="")
    if found.problem:
        print(found.problem, file=sys.stderr)
    return 0


def _void(args: argparse.Namespace) -> int:
    from xinfang_desktop.casework.matters import load_matter
    from xinfang_desktop.casework.registration import void

    with _store(args, holding=True) as store:

        def work(session: "Session") -> str:
            load_matter(session, args.number, viewer=store.viewer)
            by = store.viewer.name
            return void(session, args.number, reason=args.reason, by=by, now=_now()).number

        number, _ = store.do(work)
    print(number)
    return 0


def _step(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_way

    with _store(args, holding=args.action is not None) as store:
        if args.action is None:
            offers = cli_way.offered(store, args.number)
            if args.json:
                _print_json(offers)
            else:
                print(*map(cli_way.offer_line, offers), sep="\n")
            return 0
        done = cli_way.done(
            store,
            args.number,
            args.action,
            now=_now(),
            on=args.on,
            at=args.at,
            by=args.by,
            text=args.text,
            settings=args.set,
            confirmed=args.confirm,
        )
    if args.json:
        _print_json([done])
    else:
        print("\t".join((done["number"], done["state"], done["done"])))
    return 0


def _forms(args: argparse.Namespace) -> int:
    from xinfang_desktop.forms.office_forms import FOLDER, all_papers, load_office_forms

    papers = all_papers(_folder(args)).values()
    if args.json:
        _print_json([{"key": paper.key, "title": paper.title} for paper in papers])
    else:
        for paper in papers:
            print(f"{paper.key}\t{paper.title}")
    _, problems = load_office_forms(_folder(args) / FOLDER)
    for problem in problems:
        print(problem.sentence, file=sys.stderr)
    return 1 if problems else 0


def _print(args: argparse.Namespace) -> int:
    from xinfang_desktop.casework.audit import note, require
    from xinfang_desktop.casework.matters import load_matter, office_profile
    from xinfang_desktop.forms.printing import print_paper
    from xinfang_desktop.models import Noted, Right

    if args.blank == (args.number is not None):
        args.parser.error(_NUMBER_OR_BLANK)
    form = _form(args.form, _folder(args))
    with _store(args) as store:

        def read(session: "Session") -> "tuple[OfficeProfile, Matter | None]":
            office = office_profile(session)
            if args.blank:
                return office, None
            require(store.viewer, Right.PRINT)
            matter = load_matter(session, args.number, viewer=store.viewer)
            note(session, Noted.PRINT, number=matter.petition.number, detail=form.key)
            return office, matter

        office, matter = store.read(read)
        problems = print_paper(form, matter, office, args.to, archive=args.archive)
    for problem in problems:
        print(problem.text, file=sys.stderr)
    return 0


def _export(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_ledger

    with _store(args) as store:
        report, told = cli_ledger.exported(
            store,
            args.to,
            " ".join(args.words),
            today=_now().date(),
            columns=args.columns,
            layout=args.layout,
            sort=args.sort,
            full=args.full,
            purpose=args.purpose,
        )
    if args.json:
        _print_json([report])
    else:
        print(cli_ledger.report_line(report))
    for sentence in told:
        print(sentence, file=sys.stderr)
    return 0


def _import(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_import

    asked = (args.file, args.withdraw, args.original)
    if sum(one is not None for one in asked) + args.list + args.waiting != 1:
        args.parser.error(_ONE_IMPORT)
    if (args.original is None) != (args.to is None):
        args.parser.error(_NO_PLACE)
    if args.file is not None:
        return _import_file(args)
    with _store(args, holding=args.withdraw is not None) as store:
        line: Callable[[dict[str, Any]], str] = cli_import.ledger_line
        if args.withdraw is not None:
            found = cli_import.withdrawn(store, args.withdraw, now=_now())
        elif args.original is not None:
            found, line = cli_import.kept_file(store, args.original, args.to), cli_import.file_line
        elif args.waiting:
            found, line = cli_import.waiting(store, now=_now()), cli_import.waiting_line
        else:
            found = cli_import.listed(store)
    if args.json:
        _print_json(found)
    else:
        print("".join(f"{line(one)}\n" for one in found), end="")
    return 0


def _import_file(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_import
    from xinfang_desktop.casework.taking_in.checking import Options

    options = Options(
        keep_numbers=args.keep_numbers,
        finished=cli_import.FINISHED[args.finished],
        with_doubles=args.with_doubles,
        blank_damaged=args.blank_damaged,
    )
    wanted = cli_import.Wanted(args.sheet, args.map, args.channel, args.no_heads, options)
    act = cli_import.checked if args.dry_run else cli_import.taken_in
    with _store(args, holding=not args.dry_run) as store:
        report = act(store, args.file, wanted, now=_now(), full=args.full, purpose=args.purpose)
    if args.json:
        _print_json([report])
    else:
        print(*cli_import.report_lines(report), sep="\n")
    for sentence in cli_import.warnings(report):
        print(sentence, file=sys.stderr)
    return 0


def _layouts(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_ledger

    with _store(args, holding=bool(args.learn or args.drop)) as store:
        if args.learn:
            found = [cli_ledger.learned(store, args.learn, args.name or args.learn.stem)]
        elif args.drop:
            found = [cli_ledger.dropped(store, args.drop)]
        else:
            found = cli_ledger.kept_layouts(store)
    if args.json:
        _print_json(found)
    else:
        print("".join(f"{cli_ledger.layout_line(layout)}\n" for layout in found), end="")
    return 0


def _backup(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_safety

    with _store(args) as store:
        path, *told = cli_safety.back_up(store, args.to, portable=args.portable, now=_now())
    print(path)
    print(*told, sep="\n", file=sys.stderr)
    return 0


def _verify(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_safety

    lines = cli_safety.verified(args.file, secret=_password(), folder=_folder(args))
    print(*lines, sep="\n")
    return 0


def _restore(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_safety

    if args.confirm == (args.file is not None):
        args.parser.error(_NO_FILE)
    folder = _folder(args)
    if args.confirm:
        lines = cli_safety.confirmed(folder)
    elif args.look:
        lines = cli_safety.compared(args.file, secret=_password(), folder=folder)
    elif args.rehearse:
        lines = cli_safety.rehearsed(args.file, secret=_password(), folder=folder)
    else:
        lines = cli_safety.restored(args.file, secret=_password(), folder=folder, clock=_now)
    print(*lines, sep="\n")
    return 0


def _check(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_safety

    with _store(args) as store:
        findings = cli_safety.checked(store, now=_now())
    if args.json:
        _print_json(cli_safety.finding_objects(findings))
    else:
        for finding in findings:
            mark = "好" if finding.ok else "坏" if finding.serious else "请看"
            print(f"{finding.title}\t{mark}\t{finding.sentence}")
    bad = [finding for finding in findings if finding.serious and not finding.ok]
    if bad:
        print(bad[0].sentence, file=sys.stderr)
    return 1 if bad else 0


def _accounts(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_safety

    if args.action in _NAMED and not args.name:
        args.parser.error(_NO_NAME)
    with _store(args, holding=args.action != "list") as store:
        match args.action:
            case "add":
                cli_safety.add(
                    store,
                    args.name,
                    role=args.role or "clerk",
                    cleared=bool(args.cleared),
                    password=_new_password(),
                )
            case "set":
                cli_safety.change(
                    store, args.name, new_name=args.rename, role=args.role, cleared=args.cleared
                )
            case "disable":
                cli_safety.disable(store, args.name)
            case "password":
                old = _password()
                cli_safety.set_password(store, args.name, old=old, new=_new_password())
            case "recovery-code":
                print(*cli_safety.new_recovery_code(store), sep="\n")
            case _ if args.json:
                _print_json(cli_safety.account_objects(store))
            case _:
                print(*cli_safety.account_lines(store), sep="\n")
    return 0


def _audit(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_safety

    with _store(args) as store:
        if args.verify:
            print(*cli_safety.verified_trail(store), sep="\n")
        elif args.json:
            _print_json(cli_safety.trail_objects(store, number=args.number, last=args.last))
        else:
            lines = cli_safety.trail_lines(store, number=args.number, last=args.last)
            print(*lines, sep="\n")
    return 0


def _due(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_limits

    now = _now()
    on = cli_limits.day_of(args.on) if args.on else now.date()
    with _store(args) as store:
        if told := cli_limits.caught_up(store, now):
            print(told, file=sys.stderr)
        found = cli_limits.due_objects(store, on, within=args.within)
    if args.json:
        _print_json(found)
        return 0
    for item in found:
        print(cli_limits.due_line(item))
    return 0


def _today(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_limits, cli_today

    now = _now()
    on = cli_limits.day_of(args.on) if args.on else now.date()
    with _store(args) as store:
        if told := cli_limits.caught_up(store, now):
            print(told, file=sys.stderr)
        if args.to is not None:
            cli_today.print_day_sheet(store, on, args.to)
            return 0
        lines = cli_today.lines_of(store, on)
    if args.json:
        _print_json([cli_today.line_object(line) for line in lines])
        return 0
    for line in lines:
        print(cli_today.told(line))
    return 0


def _deadline(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_limits

    units = ("days", "working_days", "working_hours")
    given = [(unit, getattr(args, unit)) for unit in units if getattr(args, unit) is not None]
    if not args.list and len(given) + (args.rule is not None) != 1:
        args.parser.error(_ONE_LIMIT)
    if not args.list and args.start is None:
        args.parser.error(_NO_START)
    if any(amount < 0 for _, amount in given):
        args.parser.error(_BELOW_NOUGHT)
    reading = _reading(args)
    if args.list:
        rules = cli_limits.rule_objects(reading)
        if args.json:
            _print_json(rules)
        else:
            print(*map(cli_limits.rule_line, rules), sep="\n")
        return 0
    if given:
        told = cli_limits.amount_worked_out(reading, args.start, *given[0])
    else:
        told = cli_limits.rule_worked_out(reading, args.start, args.rule)
    if args.json:
        _print_json([told])
    else:
        print(*cli_limits.reckoned_lines(told), sep="\n")
    return 0


def _reading(args: argparse.Namespace) -> "Reading":
    """Give the rules and the calendar of the office, or those shipped where there is none yet."""
    from xinfang_desktop import cli_limits
    from xinfang_desktop.store.database import store_exists

    if not store_exists(_folder(args)):
        return cli_limits.shipped()
    with _store(args) as store:
        return cli_limits.reading_of(store)


def _calendar(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_limits

    usage = _CALENDAR_USAGES[args.action]
    if len(args.words) != len(usage.split()) - 1:
        args.parser.error(_CALENDAR_WORDS.format(action=args.action, usage=usage))
    if args.action in ("list", "show"):
        return _show_calendar(args)
    now = _now()
    with _store(args, holding=True) as store:
        if args.action == "import":
            lines = cli_limits.import_year(store, Path(args.words[0]), now=now)
        elif args.action == "clear":
            lines = cli_limits.clear_day(store, args.words[0], now=now)
        else:
            day, how, name = args.words
            if how not in _ON_OFF:
                args.parser.error(_CALENDAR_WORDS.format(action=args.action, usage=usage))
            lines = cli_limits.set_day(store, day, is_working=_ON_OFF[how], name=name, now=now)
    print(*lines, sep="\n")
    return 0


def _show_calendar(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_limits

    reading = _reading(args)
    if args.action == "list":
        years = cli_limits.year_objects(reading, _now().date())
        if args.json:
            _print_json(years)
        else:
            print(*map(cli_limits.year_line, years), sep="\n")
        return 0
    year = cli_limits.year_named(args.words[0])
    if args.json:
        _print_json(cli_limits.day_objects(reading, year))
    else:
        print(cli_limits.year_text(reading, year), end="")
    return 0


def _summary(args: argparse.Namespace) -> int:
    from xinfang_desktop import cli_summary

    if args.add:
        print(*cli_summary.added_up(args.add, args.offices or (), args.to), sep="\n")
        return 0
    if args.period is None:
        args.parser.error(_NO_PERIOD)
    with _store(args, holding=args.freeze) as store:
        summing = cli_summary.Summing(store, args.period, now=_now())
        if args.freeze:
            print(summing.freeze(args.reason))
        if args.to is not None:
            summing.write(args.to, version=args.edition)
        if args.changes:
            print(*summing.changes(), sep="\n")
        elif args.json:
            _print_json(summing.objects())
        elif args.to is None and not args.freeze:
            print(*summing.lines(), sep="\n")
    return 0


def _demo(args: argparse.Namespace) -> int:
    from xinfang_desktop.demo import make_demo

    make_demo(args.to, say=print)
    return 0


def _selftest(args: argparse.Namespace) -> int:
    from xinfang_desktop import selftest
    from xinfang_desktop.files import write_file_atomically
    from xinfang_desktop.ui.selftest_trials import WINDOW_TRIALS

    results = selftest.run_trials(WINDOW_TRIALS)
    if args.to is not None:
        write_file_atomically(args.to, selftest.report(results).encode("utf-8"))
    elif args.json:
        _print_json([{**asdict(one), "state": one.state.name.lower()} for one in results])
    else:
        print(selftest.report(results))
    bad = [one for one in results if one.state is selftest.State.BAD]
    if bad:
        print(selftest.verdict(results), file=sys.stderr)
    return 1 if bad else 0


def _parser() -> "_Parser":
    parser = _Parser("xinfang", "信访案头：不带命令时打开窗口。")
    version = f"xinfang {__version__}"
    parser.add_argument("--version", action="version", version=version, help="显示版本")
    _data(parser, default=None)
    parser.set_defaults(run=_open_window)
    commands = parser.add_subparsers(title="命令", metavar="命令", parser_class=_Parser)
    for name, told, run, describe in _COMMANDS:
        command = commands.add_parser(name, help=told, description=told)
        _data(command, default=argparse.SUPPRESS)
        describe(command)
        command.set_defaults(run=run, parser=command)
    return parser


def _data(parser: argparse.ArgumentParser, *, default: Any) -> None:  # noqa: ANN401
    told = "数据文件夹（默认用本机的应用数据文件夹）"
    parser.add_argument("--data", type=Path, metavar="文件夹", default=default, help=told)


def _describe_init(command: argparse.ArgumentParser) -> None:
    command.add_argument("--office", type=Path, metavar="文件.toml", help="单位资料")
    command.add_argument("--account", default=FIRST_ACCOUNT, metavar="名称", help="账户名称")


def _describe_register(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="文件.json", help="登记记录")
    command.add_argument("--keep-going", action="store_true", help="登记好的，列出不行的")
    no_future = "收到日期在今天之后的不登记（不写时照登，并提示核对）"
    command.add_argument("--no-future", action="store_true", help=no_future)
    _json(command)


def _describe_show(command: argparse.ArgumentParser) -> None:
    command.add_argument("number", metavar="编号")
    _json(command)


def _describe_search(command: argparse.ArgumentParser) -> None:
    command.add_argument("words", nargs="*", metavar="词", help=_WORDS)
    command.add_argument("--limit", type=int, metavar="件数", help="最多列出多少件")
    _columns(command)
    _json(command)


def _describe_void(command: argparse.ArgumentParser) -> None:
    command.add_argument("number", metavar="编号")
    command.add_argument("--reason", required=True, metavar="原因")


def _describe_step(command: argparse.ArgumentParser) -> None:
    command.add_argument("number", metavar="编号")
    command.add_argument(
        "action",
        nargs="?",
        metavar="步骤",
        help="不给时列出现在可以办理什么；撤回最近一步用 take_back",
    )
    command.add_argument("--on", metavar="日期", help="办理日期（默认今天）")
    command.add_argument("--at", metavar="时刻", help="办理时刻，如09:30")
    command.add_argument("--by", default="", metavar="姓名", help="由谁办理或签批")
    command.add_argument("--text", metavar="文字", help="意见、理由或说明")
    command.add_argument(
        "--set", action="append", default=[], metavar="名称=内容", help="这一步要填的其他内容"
    )
    command.add_argument(
        "--confirm", action="append", default=[], metavar="名称", help="确认提示，如recusal"
    )
    _json(command)


def _describe_print(command: argparse.ArgumentParser) -> None:
    command.add_argument("form", metavar="表单", help="见 xinfang forms")
    command.add_argument("number", nargs="?", metavar="编号")
    command.add_argument("--blank", action="store_true", help="打印空白表")
    command.add_argument("--archive", action="store_true", help="按归档格式（PDF/A）打印")
    command.add_argument("--to", type=Path, required=True, metavar="文件.pdf|文件.docx")


def _describe_export(command: argparse.ArgumentParser) -> None:
    command.add_argument("words", nargs="*", metavar="词", help=_WORDS)
    command.add_argument("--to", type=Path, required=True, metavar="文件.xlsx|文件.csv")
    command.add_argument("--layout", default="", metavar="名称", help="报表样式，见 layouts")
    _columns(command)
    _json(command)


def _describe_import(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, nargs="?", metavar="台账.xlsx", help="要导入的台账")
    command.add_argument("--dry-run", action="store_true", help="只核对，不导入")
    told = "只要这张工作表，可以写几次"
    command.add_argument("--sheet", action="append", default=[], metavar="名称", help=told)
    told = "这一列是什么，如 C=联系电话；或写着这些的文件；可以写几次"
    command.add_argument("--map", action="append", default=[], metavar="列=字段|文件", help=told)
    command.add_argument("--channel", default="", metavar="形式", help="没有这一列时的信访形式")
    command.add_argument("--no-heads", action="store_true", help="台账没有表头，各列按内容认")
    command.add_argument(
        "--finished",
        default="concluded",
        choices=("concluded", "all", "none"),
        metavar="哪些",
        help="哪些按已归档登记：concluded 有办结日期或结果的（默认），all 全部，none 都不",
    )
    command.add_argument("--keep-numbers", action="store_true", help="合本单位格式的原编号沿用")
    command.add_argument("--with-doubles", action="store_true", help="看似已有的也登记")
    command.add_argument("--blank-damaged", action="store_true", help="坏格留空登记，原文记入经过")
    command.add_argument("--full", action="store_true", help="报告里的号码不遮盖")
    command.add_argument("--purpose", default="", metavar="用途", help="不遮盖的用途")
    command.add_argument("--list", action="store_true", help="列出以往的导入")
    command.add_argument("--waiting", action="store_true", help="列出待补正的行")
    command.add_argument("--withdraw", type=int, metavar="序号", help="撤回一次导入")
    command.add_argument("--original", type=int, metavar="序号", help="取出一次导入的原件")
    command.add_argument("--to", type=Path, metavar="文件", help="原件放在哪里")
    _json(command)


def _describe_layouts(command: argparse.ArgumentParser) -> None:
    command.add_argument("--learn", type=Path, metavar="空表.xlsx", help="照这张空表的表头建样式")
    command.add_argument("--name", metavar="名称", help="样式的名称（默认用文件名）")
    command.add_argument("--drop", metavar="名称", help="删除样式")
    _json(command)


def _columns(command: argparse.ArgumentParser) -> None:
    command.add_argument("--columns", default="", metavar="栏,栏", help="要哪几栏，依次写栏名")
    command.add_argument("--sort", default="", metavar="栏", help="按哪一栏排序，前面加 - 为倒序")
    command.add_argument("--full", action="store_true", help="证件、电话、住址不遮盖")
    command.add_argument("--purpose", default="", metavar="用途", help="导出或不遮盖的用途")


def _describe_backup(command: argparse.ArgumentParser) -> None:
    command.add_argument("--to", type=Path, required=True, metavar="文件夹", help="备份到哪里")
    command.add_argument("--portable", action="store_true", help="附件也放进这一个文件，便于换电脑")


def _describe_verify(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="备份文件")


def _describe_restore(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, nargs="?", metavar="备份文件")
    command.add_argument("--look", action="store_true", help="只比较备份和现在，不恢复")
    command.add_argument("--rehearse", action="store_true", help="在临时位置演练一次，不恢复")
    command.add_argument("--confirm", action="store_true", help="确认恢复无误，继续自动备份")


def _describe_accounts(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "action",
        nargs="?",
        default="list",
        choices=("list", *_NAMED, "recovery-code"),
        metavar="操作",
        help="list 列出（默认），add 新增，set 修改，disable 停用，password 改密码，"
        f"recovery-code 换恢复码；新密码取自 {NEW_PASSWORD_VARIABLE}",
    )
    command.add_argument("name", nargs="?", metavar="账户")
    roles = "clerk（经办）、leader（查看）或 administrator（管理）"
    command.add_argument("--role", metavar="角色", help=roles)
    command.add_argument("--rename", metavar="新名称", help="改名")
    cleared = command.add_mutually_exclusive_group()
    cleared.add_argument(
        "--cleared", dest="cleared", action="store_true", default=None, help="可阅检举控告"
    )
    cleared.add_argument(
        "--not-cleared", dest="cleared", action="store_false", default=None, help="不可阅检举控告"
    )
    _json(command)


def _describe_audit(command: argparse.ArgumentParser) -> None:
    command.add_argument("--number", metavar="编号", help="只看一件")
    command.add_argument("--last", type=int, default=50, metavar="条数", help="最近多少条")
    command.add_argument("--verify", action="store_true", help="核对有没有被改动")
    _json(command)


def _describe_selftest(command: argparse.ArgumentParser) -> None:
    command.add_argument("--to", type=Path, metavar="文件.txt", help="把报告写进文件")
    _json(command)


def _describe_summary(command: argparse.ArgumentParser) -> None:
    told = "如 2026-10、2026-Q4、2026、2026-W45、2026-10-01..2026-10-15"
    command.add_argument("period", nargs="?", metavar="统计期", help=told)
    endings = "文件.xlsx|.docx|.pdf|.json"
    command.add_argument("--to", type=Path, metavar=endings, help=".json 是上报的数据文件")
    command.add_argument("--freeze", action="store_true", help="封存，以备上报")
    command.add_argument("--reason", default="", metavar="原因", help="再次封存的更正原因")
    command.add_argument("--edition", type=int, metavar="版", help="用第几版封存的统计")
    command.add_argument("--changes", action="store_true", help="封存以来的变化")
    told = "汇总几个单位的数据文件"
    command.add_argument("--add", type=Path, nargs="+", metavar="文件.json", help=told)
    command.add_argument("--offices", nargs="+", metavar="单位", help="应当报送的单位")
    _json(command)


def _describe_demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("--to", type=Path, required=True, metavar="文件夹")


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="输出JSON")


_NAMED = ("add", "set", "disable", "password")
_WORDS = "词，或 字段:值（如 形式:来信 日期:2026-10）；不给时是全部"


def _describe_due(command: argparse.ArgumentParser) -> None:
    command.add_argument("--on", metavar="日期", help="看哪一天的（默认今天）")
    told = "只列已经超期的和几个工作日之内到期的（默认列出全部进行中的）"
    command.add_argument("--within", type=int, metavar="工作日", help=told)
    _json(command)


def _describe_today(command: argparse.ArgumentParser) -> None:
    command.add_argument("--on", metavar="日期", help="看哪一天的（默认今天）")
    told = "打印每日工作单，不列在屏幕上"
    command.add_argument("--to", type=Path, metavar="文件.pdf|文件.docx", help=told)
    _json(command)


def _describe_deadline(command: argparse.ArgumentParser) -> None:
    command.add_argument("rule", nargs="?", metavar="规则", help="见 xinfang deadline --list")
    told = "从何时起算，如2026-10-08或者2026-10-08T09:30"
    command.add_argument("--from", dest="start", metavar="日期", help=told)
    command.add_argument("--days", type=int, metavar="天", help="按日（自然日）算")
    command.add_argument("--working-days", type=int, metavar="天", help="按工作日算")
    command.add_argument("--working-hours", type=int, metavar="小时", help="按工作小时算")
    command.add_argument("--list", action="store_true", help="列出时限规则")
    _json(command)


_CALENDAR_USAGES = {
    "list": "list",
    "show": "show 年份",
    "import": "import 文件.toml",
    "set": "set 日期 on|off 名称",
    "clear": "clear 日期",
}
_ON_OFF = {"on": True, "off": False}


def _describe_calendar(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "action",
        nargs="?",
        default="list",
        choices=tuple(_CALENDAR_USAGES),
        metavar="操作",
        help="；".join(_CALENDAR_USAGES.values()) + "（默认 list）",
    )
    command.add_argument("words", nargs="*", metavar="内容")
    _json(command)


Command = tuple[
    str,
    str,
    Callable[[argparse.Namespace], int],
    Callable[[argparse.ArgumentParser], None],
]
_COMMANDS: tuple[Command, ...] = (
    ("init", "新建一个单位的数据", _init, _describe_init),
    ("register", "登记文件里的信访事项", _register, _describe_register),
    ("show", "显示一件信访事项", _show, _describe_show),
    ("search", "查找信访事项", _search, _describe_search),
    ("step", "办理一件信访事项的下一步，或列出可以办理什么", _step, _describe_step),
    ("void", "作废一件信访事项，编号保留", _void, _describe_void),
    ("forms", "列出可以打印的表单", _forms, _json),
    ("print", "打印一张表单", _print, _describe_print),
    ("export", "导出台账", _export, _describe_export),
    ("import", "导入台账：核对、导入、列出、撤回", _import, _describe_import),
    ("layouts", "上级报表的样式", _layouts, _describe_layouts),
    ("backup", "备份，并打开核对", _backup, _describe_backup),
    ("verify", "核对一份备份能不能用来恢复", _verify, _describe_verify),
    ("restore", "用备份恢复，原有数据另存", _restore, _describe_restore),
    ("check", "检查数据、操作记录、附件和备份", _check, _json),
    ("accounts", "账户、密码和恢复码", _accounts, _describe_accounts),
    ("audit", "操作记录", _audit, _describe_audit),
    ("today", "今天要办的，最急的在前；打印每日工作单", _today, _describe_today),
    ("due", "到期和超期的时限，连同为什么是这一天", _due, _describe_due),
    ("deadline", "算出一个时限，并说明算法", _deadline, _describe_deadline),
    ("calendar", "工作日历：录入放假安排，查看，修改一天", _calendar, _describe_calendar),
    ("selftest", "逐项检查程序在本机能不能正常工作", _selftest, _describe_selftest),
    ("summary", "统计：月报、季报、年报、周报，封存和汇总", _summary, _describe_summary),
    ("demo", "从头做一个示例单位", _demo, _describe_demo),
)


class _Parser(argparse.ArgumentParser):
    """A parser that says in Chinese how it is used."""

    def __init__(self, prog: str, description: str = "", **rest: Any) -> None:  # noqa: ANN401
        super().__init__(prog, description=description, add_help=False, allow_abbrev=False)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def format_usage(self) -> str:
        """Give the usage line."""
        return super().format_usage().replace("usage: ", "用法：", 1)

    def format_help(self) -> str:
        """Give the whole help."""
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the usage and end with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"用法不对：{_in_chinese(message)}。\n")


_MESSAGES = (
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"unrecognized arguments: (.*)", r"不认识 \1"),
    (r"argument (--\S+): invalid choice: (\S+).*", r"\1 后面不能写 \2"),
    (r"argument (.*?): invalid choice: (\S+).*", r"没有 \2 这个命令"),
    (r"argument (.*?): expected one argument", r"\1 后面要有内容"),
    (r"argument (.*?): invalid int value: (.*)", r"\1 后面要写整数，不是 \2"),
    (r"argument (.*?): ignored explicit argument .*", r"\1 后面不能有内容"),
)


def _in_chinese(message: str) -> str:
    for pattern, told in _MESSAGES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return found.expand(told)
    return message


@contextmanager
def _store(args: argparse.Namespace, *, holding: bool = False) -> "Iterator[Store]":
    """Open the store for one command; one that writes holds it, or is refused for a window."""
    from xinfang_desktop.store.database import open_store, store_exists

    folder = _folder(args)
    password = _password() if store_exists(folder) else ""
    program = _PROGRAM if holding else None
    store = open_store(folder, password=password, clock=_now, program=program, patience=_PATIENCE)
    try:
        yield store
    finally:
        store.close()


def _folder(args: argparse.Namespace) -> Path:
    from xinfang_desktop.paths import default_data_folder

    return args.data or default_data_folder()


def _password(*, twice: bool = False) -> str:
    """Give the password: from the environment, or typed at the terminal."""
    if (given := os.environ.get(PASSWORD_VARIABLE)) is not None:
        return given
    if not sys.stdin.isatty():
        raise OfficeError(_NO_PASSWORD)
    from getpass import getpass

    password = getpass("密码：", sys.stderr)
    if twice and getpass("再输入一次：", sys.stderr) != password:
        raise OfficeError(_UNEQUAL)
    return password


def _new_password() -> str:
    """Give a new password: from the environment, or typed twice at the terminal."""
    if (given := os.environ.get(NEW_PASSWORD_VARIABLE)) is not None:
        return given
    if not sys.stdin.isatty():
        raise OfficeError(_NO_NEW_PASSWORD)
    from getpass import getpass

    password = getpass("新密码：", sys.stderr)
    if getpass("再输入一次：", sys.stderr) != password:
        raise OfficeError(_UNEQUAL)
    return password


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)


def _text_of(path: Path, *, what: str) -> str:
    from xinfang_desktop.files import read_file

    try:
        return read_file(path, what=what).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OfficeError(f"{what}不是UTF-8编码的文字，没有读取；请另存为UTF-8后再试。") from None


def _form(key: str, folder: Path) -> "AnyPaper":
    from xinfang_desktop.forms.office_forms import all_papers

    for form in all_papers(folder).values():
        if key in (form.key, form.title):
            return form
    raise OfficeError(_UNKNOWN_FORM)


def _tell_registered(done: "Sequence[Done]", *, as_json: bool) -> None:
    if as_json:
        _print_json([_registered(one) for one in done])
        return
    for one in done:
        print(one.number)
        for problem in one.problems:
            print(f"{one.number} {problem.weight.value}：{problem.text}", file=sys.stderr)


def _registered(done: "Done") -> dict[str, Any]:
    from xinfang_desktop.models import Weight

    def told(problems: "list[Problem]") -> list[dict[str, str]]:
        return [{"path": problem.path, "text": problem.text} for problem in problems]

    gaps = [problem for problem in done.problems if problem.weight is Weight.MISSING]
    others = [problem for problem in done.problems if problem.weight is not Weight.MISSING]
    return {"number": done.number, "gaps": told(gaps), "advice": told(others)}


def _print_json(content: list[dict[str, Any]]) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=1))


def _speak_utf8() -> None:
    """Say 𠮷 also where the terminal's own encoding has no such character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

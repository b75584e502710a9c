"""Copies sealed and stamped by whole runs, and verified as the documentation says, without us."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from typer.testing import CliRunner

from citecheck import auditing, cli
from citecheck.demo.server import SmallWeb
from citecheck.demo.site import Answer, Handler, Request
from citecheck.proof.manifest import parse
from citecheck.settings import Settings
from citecheck.web.clock import SystemClock
from standins.tsa import Authority
from standins.web import loopback_web
from whole_run.reading import brief_settings
from whole_run.test_program import carry_out, fine, paper, report_of

PAGE = "https://a.example/x"
TSA = "http://tsa.example/stamp"
DOCS = Path(__file__).parents[2] / "docs" / "proof.md"
OPENSSL = shutil.which("openssl")


def stamping(reply: Callable[[bytes], bytes]) -> Handler:
    def answer(request: Request) -> Answer:
        if request.headers.get("content-type") != "application/timestamp-query":
            return Answer(415)
        body = reply(request.body)
        return Answer(200, body, (("Content-Type", "application/timestamp-reply"),))

    return answer


def authority() -> Authority:
    return Authority(at=datetime.now(UTC).replace(microsecond=0))


def web(tsa: Handler | None = None) -> SmallWeb:
    return loopback_web({"a.example": fine("Page 1"), **({"tsa.example": tsa} if tsa else {})})


def stamped(root: Path, tsa: Handler) -> Settings:
    settings = replace(brief_settings(root, paper(PAGE)), warc=True, timestamp=TSA)
    assert carry_out(web(tsa), settings) == 0
    return settings


def damage(settings: Settings) -> list[str]:
    return [one.why for one in auditing.audit(settings, (), SystemClock()).damage]


def test_a_run_is_sealed_with_what_it_read_and_stamped(tmp_path: Path) -> None:
    settings = stamped(tmp_path, stamping(authority().reply))
    (path,) = (tmp_path / "archive/manifests").glob("*.json")
    assert path.with_suffix(".tsr").is_file()
    (file,) = parse(path.read_bytes()).files
    (answer,) = (r for r in file.records if r.type == "response" and r.uri == PAGE)
    content = report_of(tmp_path)["links"][0]["content"]
    assert answer.body_sha256 == content["sha256"]
    assert (answer.text_sha256, answer.extractor) == (content["text_sha256"], content["extractor"])
    assert damage(settings) == []
    assert report_of(tmp_path)["skipped"] == []


def test_an_authority_that_is_down_changes_no_exit_code_and_is_asked_again(tmp_path: Path) -> None:
    settings = stamped(tmp_path, lambda _: Answer(500))
    (told,) = report_of(tmp_path)["skipped"]
    assert told["what"] == "timestamp"
    assert told["why"] == "tsa.example: it answered with status 500; the next run asks again"
    assert not list(tmp_path.rglob("*.tsr"))
    again = stamping(authority().reply)
    assert carry_out(web(again), replace(settings, warc=False)) == 0
    assert len(list(tmp_path.rglob("*.tsr"))) == 1
    assert damage(settings) == []


def test_an_authority_in_a_private_network_is_not_asked(tmp_path: Path) -> None:
    asked: list[bytes] = []

    def reply(body: bytes) -> bytes:
        asked.append(body)
        return b""

    settings = replace(brief_settings(tmp_path, paper(PAGE)), warc=True, timestamp=TSA)
    settings = replace(settings, allow_private=False, allow_networks=())
    carry_out(web(stamping(reply)), settings)
    assert asked == []


def test_quiet_runs_and_all_commands_leave_what_an_audit_calls_well(tmp_path: Path) -> None:
    settings = replace(brief_settings(tmp_path, paper(PAGE)), warc=True)
    for command in ("check", "check", "check", "extract"):
        carry_out(web(), settings, command)
        assert damage(settings) == [], command
    kept = list((tmp_path / "archive/manifests").iterdir())
    beside = list((tmp_path / "archive/warc").glob("*.manifest.json"))
    assert (len(kept), bool(beside)) == (1, True)
    result = CliRunner().invoke(cli.app, ["report", "--archive", str(tmp_path / "archive")])
    assert result.exit_code == 0
    assert damage(settings) == []


@pytest.mark.parametrize("command", ["archive", "extract", "report"])
def test_a_time_stamp_goes_with_run_and_check_alone(command: str) -> None:
    result = CliRunner().invoke(cli.app, [command, "--timestamp", TSA])
    assert result.exit_code == 2


@pytest.mark.parametrize("url", ["tsa.example", "ftp://tsa.example/", "http://me:pw@tsa.example/"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    result = CliRunner().invoke(cli.app, ["check", "--timestamp", url, "paper.md"])
    assert result.exit_code == 2
    assert "timestamp must be an address such as https://freetsa.org/tsr" in result.output
    assert "pw" not in result.output


def test_the_demonstration_takes_no_authority() -> None:
    result = CliRunner().invoke(cli.app, ["run", "--demo", "--timestamp", TSA])
    assert result.exit_code == 2
    assert "--timestamp" in result.output


# As the documentation says


def documented(start: str) -> str:
    """The command of the documentation that begins so."""
    blocks: list[str] = re.findall(r"```sh\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    (line,) = {line for block in blocks for line in block.splitlines() if line.startswith(start)}
    return line


def shell(command: str, folder: Path, manifest: Path) -> subprocess.CompletedProcess[str]:
    """The command, for a manifest of our own."""
    (file,) = json.loads(manifest.read_text())["files"]
    command = command.replace("citecheck-20261122031415-001.warc.gz", file["name"])
    return subprocess.run(
        command.replace("20261122031415", manifest.stem),
        shell=True, cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def manifest_of(root: Path) -> Path:
    (path,) = (root / "archive/manifests").glob("*.json")
    return path


def test_the_files_of_a_manifest_are_checked_without_us(tmp_path: Path) -> None:
    stamped(tmp_path, stamping(authority().reply))
    path, warc = manifest_of(tmp_path), tmp_path / "archive/warc"
    command = documented("python3 -c 'import json, sys; [print")
    assert shell(command, warc, path).stdout.endswith(".warc.gz: OK\n")
    (copy,) = warc.glob("*.warc.gz")
    copy.write_bytes(copy.read_bytes()[:-1] + b"\1")
    assert shell(command, warc, path).returncode == 1


def test_a_record_and_a_seal_are_checked_without_us(tmp_path: Path) -> None:
    stamped(tmp_path, stamping(authority().reply))
    path = manifest_of(tmp_path)
    record = json.loads(path.read_text())["files"][0]["records"][1]
    command = documented("tail -c").replace("412 + 1", f"{record['offset']} + 1")
    command = command.replace("head -c 5120", f"head -c {record['length']}")
    shown = shell(command, tmp_path / "archive/warc", path)
    assert shown.stdout.startswith(record["sha256"])
    seal = documented("python3 -c 'import hashlib")
    assert shell(seal, path.parent, path).stdout == "True\n"
    path.write_text(path.read_text().replace('"late":false', '"late":true'))
    assert shell(seal, path.parent, path).stdout == "False\n"


_CONFIG = """\
[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[tsa]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[service]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = {hash}
"""


def openssl(folder: Path, arguments: str) -> None:
    assert OPENSSL is not None
    subprocess.run([OPENSSL, *arguments.split()], cwd=folder, check=True, capture_output=True)


def openssl_authority(folder: Path, key: str, digest: str) -> None:
    """An authority of OpenSSL's own in a folder."""
    folder.mkdir()
    (folder / "x.cnf").write_text(_CONFIG.format(hash=digest))
    (folder / "serial").write_text("01\n")
    new = f"-newkey {key} -nodes -config x.cnf"
    openssl(folder, f"req -x509 {new} -keyout ca.key -out ca.pem -subj /CN=CA -extensions ca")
    openssl(folder, f"req {new} -keyout tsa.key -out tsa.csr -subj /CN=TSA")
    openssl(
        folder,
        "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem"
        " -extfile x.cnf -extensions tsa",
    )


@pytest.mark.whole
@pytest.mark.skipif(OPENSSL is None, reason="there is no openssl here")
@pytest.mark.parametrize("chain", ["", " -chain ca.pem"])
@pytest.mark.parametrize(
    ("key", "digest"),
    [
        ("rsa:2048", "sha256"),
        ("rsa:2048", "sha1"),
        ("ec -pkeyopt ec_paramgen_curve:P-384", "sha256"),
    ],
)
def test_the_stamp_of_another_authority_is_verified_by_openssl(
    tmp_path: Path, key: str, digest: str, chain: str
) -> None:
    place = tmp_path / "tsa"
    openssl_authority(place, key, digest)

    def reply(request: bytes) -> bytes:
        (place / "q").write_bytes(request)
        files = "-queryfile q -signer tsa.pem -inkey tsa.key -config x.cnf -section service"
        openssl(place, f"ts -reply {files}{chain} -out r")
        return (place / "r").read_bytes()

    root = tmp_path / "project"
    settings = stamped(root, stamping(reply))
    assert damage(settings) == []
    path = manifest_of(root)
    shutil.copy(place / "ca.pem", path.parent / "tsa-ca.pem")
    verify = documented("openssl ts -verify")
    told = shell(verify, path.parent, path)
    assert "Verification: OK" in told.stdout + told.stderr
    assert "Time stamp:" in shell(documented("openssl ts -reply"), path.parent, path).stdout
    path.write_bytes(path.read_bytes() + b"\n")
    assert shell(verify, path.parent, path).returncode == 1


@pytest.mark.whole
@pytest.mark.skipif(OPENSSL is None, reason="there is no openssl here")
def test_openssl_believes_the_authority_of_our_tests(tmp_path: Path) -> None:
    tsa = authority()
    stamped(tmp_path, stamping(tsa.reply))
    path = manifest_of(tmp_path)
    (path.parent / "tsa-ca.pem").write_bytes(tsa.root.public_bytes(Encoding.PEM))
    told = shell(documented("openssl ts -verify"), path.parent, path)
    assert "Verification: OK" in told.stdout + told.stderr

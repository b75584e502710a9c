"""Which addresses are of a repository, and what it is called."""

from __future__ import annotations

import pytest

from citecheck.urls.forges import origin_of

REPO = "https://github.com/psf/requests"
GROUPED = "https://gitlab.com/gitlab-org/security/gitlab"


@pytest.mark.parametrize(
    "url",
    [
        REPO,
        f"{REPO}/",
        f"{REPO}.git",
        f"{REPO}#readme",
        f"{REPO}?tab=readme-ov-file",
        "http://github.com/psf/requests",
        "https://www.github.com/psf/requests",
        "https://GitHub.com/psf/requests",
        "https://github.com:443/psf/requests",
        f"{REPO}/blob/main/src/requests/api.py#L10-L20",
        f"{REPO}/tree/v2.31.0",
        f"{REPO}/commit/0e322af87745eff34caffe4df68456ebc20d9068",
        f"{REPO}/issues/6655",
        f"{REPO}/pull/6710/files",
        f"{REPO}/releases/tag/v2.31.0",
        f"{REPO}/releases/download/v2.31.0/requests.zip",
        f"{REPO}/archive/refs/tags/v2.31.0.tar.gz",
        f"{REPO}/wiki",
        "https://raw.githubusercontent.com/psf/requests/main/README.md",
        "https://raw.githubusercontent.com/wiki/psf/requests/Home.md",
        "https://codeload.github.com/psf/requests/zip/refs/heads/main",
        "https://api.github.com/repos/psf/requests/contents",
    ],
)
def test_any_address_within_a_repository_leads_to_it(url: str) -> None:
    origin = origin_of(url)
    assert origin is not None
    assert (origin.url, origin.forms, origin.kind) == (REPO, (REPO,), "git")


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com",
        "https://github.com/psf",
        "https://github.com/psf?tab=repositories",
        "https://github.com/orgs/psf/repositories",
        "https://github.com/topics/python",
        "https://github.com/marketplace/actions",
        "https://github.com/users/kennethreitz/projects/1",
        "https://github.com/settings/profile",
        "https://github.com/Sponsors/psf",
        "https://github.com/search/advanced",
        "https://github.com/psf/..",
        "https://github.com/psf/a%20b",
        "https://github.com/psf/%2e%2e/settings",
        "https://gist.github.com/kennethreitz/0123456789abcdef",
        "https://gist.github.com/kennethreitz/0123456789abcdef.git",
        "https://gist.githubusercontent.com/a/0123/raw/x.py",
        "https://psf.github.io/requests/",
        "https://docs.github.com/en/rest",
        "https://github.blog/2024-01-01-post/",
        "https://api.github.com/users/psf/repos",
        "https://raw.githubusercontent.com/psf",
        "https://github.com:8443/psf/requests",
        "https://github.com.evil.example/psf/requests",
        "https://notgithub.com/psf/requests",
        "ftp://github.com/psf/requests",
        "git@github.com:psf/requests",
        "https://gitlab.com/users/sign_in",
        "https://gitlab.com/groups/gitlab-org/-/epics",
        "https://gitlab.com/gitlab-org",
        "https://gitlab.com/-/snippets/12",
        "https://gitlab.com/explore/projects",
        "https://codeberg.org/org/forgejo/members",
        "https://codeberg.org/explore/repos",
        "https://bitbucket.org/product/features",
        "https://git.sr.ht/~sircmpwn",
        "https://sr.ht/~sircmpwn/aerc",
        "https://todo.sr.ht/~sircmpwn/aerc/1",
        "https://example.org/.git/config",
        "https://example.org/psf/requests",
        "https://[::1/psf/requests",
        "",
    ],
)
def test_what_is_no_repository_has_no_origin(url: str) -> None:
    assert origin_of(url) is None


@pytest.mark.parametrize(
    ("url", "forms"),
    [
        (GROUPED, (GROUPED, f"{GROUPED}.git")),
        (f"{GROUPED}.git", (GROUPED, f"{GROUPED}.git")),
        (f"{GROUPED}/-/blob/master/README.md", (GROUPED, f"{GROUPED}.git")),
        (f"{GROUPED}/-/merge_requests/9", (GROUPED, f"{GROUPED}.git")),
        (f"{GROUPED}/blob/master/README.md", (GROUPED, f"{GROUPED}.git")),
        (
            "https://salsa.debian.org/debian/dpkg/-/tree/main",
            ("https://salsa.debian.org/debian/dpkg", "https://salsa.debian.org/debian/dpkg.git"),
        ),
        (
            "https://gitlab.example.org/team/tool/-/issues/3",
            ("https://gitlab.example.org/team/tool", "https://gitlab.example.org/team/tool.git"),
        ),
        (
            "https://bitbucket.org/atlassian/aui/src/master/",
            ("https://bitbucket.org/atlassian/aui", "https://bitbucket.org/atlassian/aui.git"),
        ),
        (
            "https://codeberg.org/forgejo/forgejo/src/branch/main",
            ("https://codeberg.org/forgejo/forgejo", "https://codeberg.org/forgejo/forgejo.git"),
        ),
        (
            "https://git.sr.ht/~sircmpwn/aerc/tree/master/item/README.md",
            ("https://git.sr.ht/~sircmpwn/aerc",),
        ),
        (
            "https://git.kernel.org/pub/scm/git/git.git/tree/Makefile?h=v2.40.0",
            ("https://git.kernel.org/pub/scm/git/git.git",),
        ),
    ],
)
def test_other_forges(url: str, forms: tuple[str, ...]) -> None:
    origin = origin_of(url)
    assert origin is not None
    assert (origin.url, origin.forms) == (forms[0], forms)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (REPO, True),
        (f"{REPO}?tab=readme-ov-file#usage", True),
        (f"{REPO}/tree/v2.31.0/docs", True),
        (f"{REPO}/blob/main/README.md", True),
        (f"{REPO}/commit/0e322af87745eff34caffe4df68456ebc20d9068", True),
        (f"{REPO}/releases/tag/v2.31.0", True),
        (f"{REPO}/archive/refs/tags/v2.31.0.tar.gz", True),
        ("https://raw.githubusercontent.com/psf/requests/main/README.md", True),
        (f"{GROUPED}/-/blob/master/README.md", True),
        (f"{GROUPED}/tree/master", True),
        ("https://codeberg.org/forgejo/forgejo/src/branch/main", True),
        ("https://git.sr.ht/~sircmpwn/aerc/tree", True),
        (f"{REPO}/issues/6655", False),
        (f"{REPO}/pull/6710/files", False),
        (f"{REPO}/wiki", False),
        (f"{REPO}/discussions/1", False),
        (f"{REPO}/actions/runs/1", False),
        (f"{REPO}/releases/download/v2.31.0/requests.zip", False),
        ("https://raw.githubusercontent.com/wiki/psf/requests/Home.md", False),
        (f"{GROUPED}/-/issues/9", False),
        (f"{GROUPED}/merge_requests/9", False),
    ],
)
def test_whether_the_page_itself_is_in_the_repository(url: str, code: bool) -> None:
    origin = origin_of(url)
    assert origin is not None
    assert origin.code is code


def test_mercurial_is_said_to_be_so() -> None:
    origin = origin_of("https://hg.sr.ht/~scoopta/wofi/browse/README.md")
    assert origin is not None
    assert (origin.url, origin.kind) == ("https://hg.sr.ht/~scoopta/wofi", "hg")


def test_nothing_of_a_query_or_a_password_is_in_an_origin() -> None:
    origin = origin_of("https://me:secret@github.com/psf/requests/blob/x?token=4f0c9a7be1d2")
    assert origin is not None
    assert origin.url == REPO

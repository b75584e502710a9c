"""Hosts of public code and the parts of their addresses that belong to no repository: facts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Hosts where a repository is /<owner>/<name>, by the first parts that are no owner.
_GITEA = frozenset(
    {
        "-", "admin", "api", "assets", "avatars", "explore", "issues", "login", "milestones",
        "notifications", "org", "organizations", "pulls", "repo", "swagger", "user",
    }
)  # fmt: skip
PAIRED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "github.com": frozenset(
            {
                "about", "account", "advisories", "apps", "business", "codespaces", "collections",
                "contact", "copilot", "customer-stories", "customers", "dashboard", "discussions",
                "education", "enterprise", "enterprises", "events", "explore", "features", "gist",
                "git-guides", "github-copilot", "home", "images", "integrations", "issues", "join",
                "login", "logout", "marketplace", "mobile", "new", "newsroom", "nonprofit",
                "notifications", "open-source", "organizations", "orgs", "partners",
                "password_reset", "premium-support", "pricing", "pulls", "readme", "resources",
                "search", "security",
                "sessions", "settings", "signup", "site", "site-map", "sitemap", "sponsors",
                "stars", "starred", "team", "topics", "trending", "users", "watching", "why-github",
            }
        ),
        "bitbucket.org": frozenset(
            {
                "account", "api", "blog", "dashboard", "gateway", "product", "repo", "site",
                "snippets", "socialauth", "support", "workspaces",
            }
        ),
        "codeberg.org": _GITEA,
        "gitea.com": _GITEA,
        "notabug.org": _GITEA,
    }
)  # fmt: skip

# Instances of GitLab: groups may lie in groups, what is after `/-/` is a place in the repository.
GITLABS = frozenset(
    {
        "gitlab.com", "framagit.org", "gitlab.freedesktop.org", "gitlab.gnome.org",
        "gitlab.haskell.org", "gitlab.inria.fr", "gitlab.kitware.com", "gitlab.torproject.org",
        "invent.kde.org", "salsa.debian.org", "0xacab.org",
    }
)  # fmt: skip
GITLAB_OWN = frozenset(
    {
        "-", "admin", "api", "assets", "dashboard", "explore", "groups", "help", "import",
        "oauth", "profile", "projects", "public", "s", "search", "snippets", "topics", "uploads",
        "users",
    }
)  # fmt: skip
GITLAB_PLACES = frozenset(
    {
        "activity", "archive", "blame", "blob", "boards", "branches", "commit", "commits",
        "compare", "container_registry", "edit", "environments", "find_file", "forks", "graphs",
        "issues", "jobs", "labels", "merge_requests", "milestones", "network", "packages",
        "pages", "pipelines", "raw", "refs", "releases", "repository", "snippets", "starrers",
        "tags", "tree", "wikis",
    }
)  # fmt: skip
"""Parts that older addresses have without `/-/` before them; none may be a project's name."""

# What a forge shows of the code itself; the rest (issues, wikis, discussions) is nowhere in it.
CODE = frozenset(
    {
        "archive", "blame", "blob", "branches", "browse", "commit", "commits", "compare", "edit",
        "find", "find_file", "item", "log", "raw", "refs", "releases", "src", "tag", "tags",
        "tarball", "tree", "zipball",
    }
)  # fmt: skip
RAW = frozenset(
    {"raw.githubusercontent.com", "raw.github.com", "codeload.github.com", "github.dev"}
)
"""Hosts that show nothing but code."""

# Other hosts of the same repositories, and how many parts of the path come before the owner.
MIRRORS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "www.github.com": ("github.com", 0),
        "m.github.com": ("github.com", 0),
        "raw.githubusercontent.com": ("github.com", 0),
        "raw.github.com": ("github.com", 0),
        "codeload.github.com": ("github.com", 0),
        "github.dev": ("github.com", 0),
        "api.github.com": ("github.com", 1),
        "www.gitlab.com": ("gitlab.com", 0),
        "www.bitbucket.org": ("bitbucket.org", 0),
    }
)

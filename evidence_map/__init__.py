"""Build a searchable evidence map from one YAML file per paper.

The data takes one road, and each step of it is one module:

* :mod:`evidence_map.yaml_source` text to nodes with positions
* :mod:`evidence_map.loading` files to a validated :class:`~evidence_map.review.Review`
* :mod:`evidence_map.checking` the sense of the whole review
* :mod:`evidence_map.database` the review to SQLite, the one source of everything published
* :mod:`evidence_map.site` the database to pages
* :mod:`evidence_map.publishing` the finished site swapped in, whole or not at all
"""

import os

# No plugin of another package sees what is read here, and none has to be looked for.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

__version__ = "0.1.0"

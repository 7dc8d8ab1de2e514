/// Names of what a thing with a secret name has besides the secret: `credentials.username`, `token.issuer`, `password.min_length`.
enum PlainName {
    /// Whether the last word of a key is one of them.
    static func contains(_ key: ByteText) -> Bool {
        guard let last = KeyWords(key).words.last else { return false }
        return words.contains(last)
    }

    private static let words: Set = [
        // What it is called and where it is kept.
        "name", "names", "id", "ids", "ref", "refs", "reference", "url", "urls", "uri", "uris", "path", "paths", "file",
        "files", "dir",
        "directory", "folder", "mount", "source", "target", "store", "backend", "engine", "provider", "driver", "vault",
        "bucket",
        "database", "db", "table", "queue", "topic", "key", "keys", "field", "fields", "param", "params", "parameter",
        "property",
        "properties", "header", "headers", "cookie", "env", "variable", "attribute", "claim", "claims", "selector",
        "in",
        // Whose it is and where it is good.
        "user", "username", "login", "email", "account", "owner", "group", "role", "roles", "scope", "scopes",
        "audience", "audiences",
        "issuer", "issuers", "subject", "tenant", "realm", "domain", "host", "hosts", "hostname", "port", "region",
        "zone", "endpoint",
        "address", "service", "server", "project", "profile", "environment", "namespace", "cluster", "app",
        "application", "client",
        // How it is made, checked and kept fresh.
        "type", "kind", "format", "pattern", "regex", "regexp", "algorithm", "algorithms", "alg", "encoder", "encoding",
        "hash",
        "hashing", "charset", "policy", "policies", "strength", "rule", "rules", "validation", "validator", "message",
        "messages",
        "rotation", "schedule", "cron", "expiry", "expires", "expiration", "ttl", "timeout", "interval", "duration",
        "lifetime",
        "validity", "age", "length", "size", "min", "max", "count", "limit", "mode", "version", "enabled", "required",
        "optional",
        "method", "methods", "action", "scheme", "strategy", "prefix", "suffix", "template", "extends", "status",
        "state", "style",
        // What a person reads.
        "title", "label", "labels", "text", "description", "hint", "help", "placeholder", "comment", "note", "notes",
        "tooltip",
        "caption", "summary", "error", "errors", "example", "examples", "enum", "category", "date", "time", "order",
        "class", "icon",
        "font", "color", "colors", "colour", "unit", "docs", "documentation",
        // What packages and sealed values have.
        "license", "annotation", "annotations", "pub", "integrity", "resolved", "secure", "encrypted", "ciphertext",
    ]
}

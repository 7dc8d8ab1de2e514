/// What the name of a setting says about its value.
enum SecretName {
    /// It ends in password, passwd, passphrase, pwd or pass, in one of these words or in their plural.
    case password
    /// It ends in token, or in the name of a key that opens something: `apiKey`, `signing_key`.
    case token
    /// It ends in secret or credential, or in the plural: such a name may also stand for an object of that kind.
    case secret
    /// It is the header that carries a login.
    case authorization
    /// It is what docker keeps its logins under.
    case logins

    /// Reads a name; nil for one that says nothing about secrets.
    init?(_ key: ByteText) {
        var end = key.count
        while end > 0, !ByteKinds.letter.include(key[end - 1]) { end -= 1 }
        guard end >= 3, let name = Self.name(endingIn: key.part(0..<end)), !Self.isSilent(key.part(0..<end), name)
        else {
            return nil
        }
        self = name
    }

    /// Most names are dismissed by their last letter.
    private static func name(endingIn key: ByteText) -> SecretName? {
        switch key[key.count - 1].lowercased {
        case UInt8(ascii: "d"):
            return endsInAny(["password", "passwd", "pwd"], key) ? .password : nil
        case UInt8(ascii: "e"):
            if key.endsCaseless(in: "passphrase") { return .password }
            return key.endsCaseless(in: "secret_key_base") ? .token : nil
        case UInt8(ascii: "l"): return key.endsCaseless(in: "credential") ? .secret : nil
        case UInt8(ascii: "n"):
            if key.endsCaseless(in: "token") { return .token }
            return key.endsCaseless(in: "authorization") ? .authorization : nil
        case UInt8(ascii: "s"): return plural(key)
        case UInt8(ascii: "t"): return key.endsCaseless(in: "secret") ? .secret : nil
        case UInt8(ascii: "y"): return opens(key, "key") ? .token : nil
        default: return nil
        }
    }

    private static func plural(_ key: ByteText) -> SecretName? {
        if endsInAny(["passwords", "passphrases"], key) || isPass(key) { return .password }
        if endsInAny(["secrets", "credentials"], key) { return .secret }
        if key.endsCaseless(in: "tokens") || opens(key, "keys") { return .token }
        return key.hasCaseless("auths") && key.count == 5 ? .logins : nil
    }

    private static func endsInAny(_ endings: [StaticString], _ key: ByteText) -> Bool {
        endings.contains { key.endsCaseless(in: $0) }
    }

    /// `pass` ends many a word: it counts as a word of its own, or behind what passwords belong to.
    private static func isPass(_ key: ByteText) -> Bool {
        guard key.endsCaseless(in: "pass") else { return false }
        let before = key.part(0..<key.count - 4)
        guard let last = before.last, ByteKinds.letter.include(last) else { return true }
        if ByteKinds.lower.include(last), ByteKinds.upper.include(key[before.count]) { return true }
        return endsInAny(owners, before)
    }

    private static let owners: [StaticString] = [
        "db", "user", "admin", "root", "smtp", "ftp", "imap", "mail", "mysql", "sql", "pg", "postgres", "mongo",
        "redis", "mq",
        "rabbit", "ldap", "key", "store", "auth", "login", "proxy", "http",
    ]

    /// Whether the word before `key` says that it opens something.
    private static func opens(_ key: ByteText, _ word: StaticString) -> Bool {
        guard key.endsCaseless(in: word) else { return false }
        var end = key.count - word.utf8CodeUnitCount
        while end > 0,
            [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: " ")].contains(key[end - 1])
        {
            end -= 1
        }
        return endsInAny(openers, key.part(0..<end))
    }

    private static let openers: [StaticString] = [
        "api", "access", "secret", "signing", "encryption", "account", "private",
    ]
}

extension SecretName {
    /// Whether the words before the last say that no secret is meant.
    private static func isSilent(_ key: ByteText, _ name: SecretName) -> Bool {
        let words = KeyWords(key).words
        guard words.count > 1, let first = words.first else { return false }
        let before = words[words.count - 2]
        // They name an object of Kubernetes.
        if silentFirst.contains(first) || words.contains("existing") || before == "pull" { return true }
        switch words[words.count - 1] {
        case "pass", "passes": return passes.contains(before)
        case "token", "tokens":
            // etcd tells clusters apart by their `initial-cluster-token`.
            return tokens.contains(before) || before == "cluster" && first == "initial"
        case "key", "keys":
            // `passwordSecretKey`: the key, in an object of Kubernetes, under which the password is.
            return words.count > 2 && before == "secret" && ofSecretKey.contains(words[words.count - 3])
        default: return false
        }
    }

    private static let silentFirst: Set = [
        "load", "import", "pull", "public", "max", "maximum", "min", "minimum", "num", "number", "total", "count", "no",
        "non", "allow",
        "disallow", "disable", "enable", "require", "show", "hide", "toggle", "is", "has", "forgot", "forgotten",
        "lost", "invalid",
        "wrong", "missing", "weak", "expired", "confirm", "repeat", "enter", "validate", "validation",
    ]
    /// Ways through something: `proxy_pass` of nginx, passes of a filter or of a renderer.
    private static let passes: Set = [
        "proxy", "fastcgi", "uwsgi", "scgi", "grpc", "memcached", "render", "low", "high", "band", "all", "first",
        "second", "single",
        "multi", "by", "season", "boarding",
    ]
    /// Tokens of a language model, of a design, of a page.
    private static let tokens: Set = [
        "bos", "eos", "pad", "unk", "sep", "cls", "mask", "stop", "special", "added", "start", "end", "begin", "design",
        "theme",
        "color", "colour", "spacing", "next", "page", "continuation", "prompt", "completion", "new", "cancellation",
    ]
    private static let ofSecretKey: Set = [
        "password", "token", "secret", "user", "username", "key", "credentials", "passphrase",
    ]
}

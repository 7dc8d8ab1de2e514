/// Values that stand in the place of a secret, or say where it is.
extension SecretValue {
    /// What a reader of an example puts something else in the place of.
    var isPlaceholder: Bool {
        guard let first = bytes.first, let last = bytes.last else { return false }
        if first == UInt8(ascii: "<"), last == UInt8(ascii: ">") { return true }
        if first == UInt8(ascii: "["), last == UInt8(ascii: "]") { return true }
        // `todo-` before a password makes no placeholder of it.
        for word in Self.placeholders where bytes.hasCaseless(word) { return !holdsDrawnText(behind: word) }
        return bytes.consists(of: [.upper, .underscore]) && Self.namesSecret(bytes)
    }

    private static let placeholders: [StaticString] = [
        "***", "xxx", "...", "…", "•••",
        "redacted", "your_", "your-", "yourpassword", "yoursecret", "yourtoken", "yourapikey", "replace_me",
        "replace-me", "replaceme",
        "replace_with", "replace-with", "insert_", "insert-", "enter_", "enter-", "placeholder", "to_be_", "to-be-",
        "todo", "tbd",
        "fill_me", "fill-me", "dummy-value", "set_me", "set-me", "not-set", "not_set", "notset", "example-",
    ]

    /// `DB_PASSWORD`: the name of a variable.
    private static func namesSecret(_ bytes: ByteText) -> Bool {
        if let name = SecretName(bytes) { return name != .authorization && name != .logins }
        return false
    }

    /// What is put in its place, or read from elsewhere.
    var isReference: Bool {
        guard let first = bytes.first else { return false }
        for prefix in Self.openPrefixes where bytes.has(prefix) { return true }
        for prefix in Self.referencePrefixes where bytes.has(prefix) && !holdsDrawnText(behind: prefix) { return true }
        switch first {
        case UInt8(ascii: "$"):
            return bytes.has("${") || bytes.has("$(") || isVariable(bytes.part(from: 1)) || isSurrounded(by: first)
        case UInt8(ascii: "%"):
            return bytes.has("%(") || bytes.has("%{") || bytes.has("%s")
                || bytes.last == UInt8(ascii: "%") && bytes.count > 2
        case UInt8(ascii: "{"):
            return bytes.has("{{") || bytes.has("{cipher}")
                || bytes.last == UInt8(ascii: "}")
                    && bytes[1..<bytes.count - 1].allSatisfy { ByteKinds.name.include($0) || $0 == UInt8(ascii: "$") }
        case UInt8(ascii: "#"):
            return bytes.has("#{") || bytes.part(from: 1).consists(of: [.lower, .dash, .underscore])
        case UInt8(ascii: "_"): return bytes.has("__") && bytes.part(from: bytes.count - 2).has("__") && bytes.count > 4
        case UInt8(ascii: "@"): return bytes.has("@Microsoft.KeyVault(") || isSurrounded(by: first) || isParameter
        case UInt8(ascii: ":"): return isParameter
        case UInt8(ascii: "p"): return bytes.has("projects/") && bytes.contains("/secrets/")
        case UInt8(ascii: "X"), UInt8(ascii: "x"):
            // The name of a header.
            return bytes.hasCaseless("x-") && bytes.consists(of: [.letter, .dash])
        default: return false
        }
    }

    /// Behind them stands what is encrypted, or an identifier.
    private static let openPrefixes: [StaticString] = [
        "vault:v1:", "vault:v2:", "vault:v3:", "bao:v1:", "ref+", "op://", "sm://", "arn:aws", "ENC[", "ENC(", "!vault",
    ]

    /// Behind them stands a name.
    private static let referencePrefixes: [StaticString] = [
        "vault:", "bao:", "env:", "env(", "env.", "ENV[", "file:",
        "$__", "secret:",
        "secretref:", "secretRef:", "secrets.", "ssm:", "secretsmanager:", "keyvault:", "akv:", "gcp:", "aws:",
        "azure:", "k8s:",
        "sops:", "doppler:", "keyring:", "lookup(", "!Ref", "!Sub", "!ENV", "!env", "!secret", "!GetAtt",
        "process.env.",
        "os.environ", "System.getenv", "System.getProperty", "getenv(", "$.", "$env:",
    ]

    /// `$NAME` and `$name`; a name that mixes cases, or small letters and digits, is rather a password that begins with `$`.
    private func isVariable(_ name: ByteText) -> Bool {
        guard let first = name.first, ByteKinds([.letter, .underscore]).include(first) else { return false }
        return name.consists(of: [.upper, .digit, .underscore]) || name.consists(of: [.lower, .underscore])
    }

    /// `:password`, `@password`: a parameter of a query.
    private var isParameter: Bool { bytes.part(from: 1).consists(of: [.letter, .underscore]) }

    private func isSurrounded(by mark: UInt8) -> Bool {
        bytes.count > 2 && bytes.first == mark && bytes.last == mark
            && bytes[1..<bytes.count - 1].allSatisfy(ByteKinds.name.include)
    }

    /// What only checks a password has: its hash.
    var isPasswordHash: Bool {
        switch bytes[0] {
        case UInt8(ascii: "$"):
            // `$2b$10$...`, `$argon2id$...`, `$6$...`: a short name of the method between two signs.
            guard let end = bytes.dropFirst().firstIndex(of: UInt8(ascii: "$")), (2...16).contains(end) else {
                return false
            }
            let method = bytes.part(1..<end)
            return bytes.count >= 20 && Self.methods.contains { method.has($0) }
        case UInt8(ascii: "{"):
            return Self.hashMarks.contains { bytes.hasCaseless($0) }
        default: break
        }
        if bytes.count >= 20, Self.hashPrefixes.contains(where: { bytes.hasCaseless($0) }) { return true }
        // A line of htpasswd: `user:$2y$...`.
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon + 2 < bytes.count,
            bytes[colon + 1] == UInt8(ascii: "$"),
            bytes.part(0..<colon).consists(of: .name)
        else { return false }
        return SecretValue(bytes.part(from: colon + 1)).isPasswordHash
    }

    /// What everybody may have: the public half of a key, a certificate.
    var isPublic: Bool { Self.publicPrefixes.contains { bytes.has($0) } }

    private static let publicPrefixes: [StaticString] = [
        "ssh-rsa ", "ssh-ed25519 ", "ssh-dss ", "ecdsa-sha2-", "sk-ssh-", "-----BEGIN PUBLIC KEY",
        "-----BEGIN RSA PUBLIC KEY",
        "-----BEGIN CERTIFICATE", "-----BEGIN PGP PUBLIC KEY", "age1",
    ]

    private static let methods: [StaticString] = [
        "1", "2a", "2b", "2x", "2y", "5", "6", "7", "y", "gy", "apr1", "argon2", "pbkdf2", "scrypt", "bcrypt", "sha1",
        "md5",
    ]
    private static let hashMarks: [StaticString] = [
        "{ssha", "{sha", "{smd5}", "{md5}", "{crypt}", "{bcrypt}", "{pbkdf2", "{argon2", "{scrypt",
    ]
    private static let hashPrefixes: [StaticString] = [
        "pbkdf2:", "pbkdf2_sha", "scrypt:", "argon2", "bcrypt$", "bcrypt_sha", "scram-sha-256$", "sha256:", "sha512:",
        "sha256$", "sha1-", "sha256-",
        "sha384-", "sha512-",
    ]

    /// What works on a password: its pattern, the field that holds it.
    var isExpression: Bool {
        if bytes[0] == UInt8(ascii: "^"), bytes.contains("$") || bytes.contains("[") || bytes.contains("(") {
            return true
        }
        return bytes.has("[^") || bytes.has("\\S") || bytes.has("\\w") || bytes.has("\\d") || bytes.contains("(?=")
            || bytes.contains("(?!") || bytes.contains("(?:") || bytes.has("/^")
    }
}

import ConfigModel
import Crypto

/// Reads settings about issuers, and says in which file, of which issuer and at which key a fault is.
struct JWTSettingsReader {
    private static let maximumIssuers = 16
    private static let maximumKeys = 64
    private static let maximumRules = 256

    private let file: String
    private let read: (_ path: String) throws(UnusableSettings) -> [UInt8]
    private var hash = SHA256()
    private(set) var secretFiles: [String] = []
    /// The issuer of each key.
    private var owners: [JSONValue: String] = [:]
    private var ruleCount = 0

    init(file: String, read: @escaping (_ path: String) throws(UnusableSettings) -> [UInt8]) {
        self.file = file
        self.read = read
    }

    /// SHA-256 of everything that was read.
    var fingerprint: [UInt8] { Array(hash.finalize()) }

    /// What a file says.
    mutating func issuers(of value: JSONValue) throws(UnusableSettings) -> [JWTIssuer] {
        hash.update(data: value.canonicalBytes)
        guard case .object(let object) = value else {
            throw UnusableSettings("\(file): it must be an object with the field \"issuers\", not \(value.kind).")
        }
        let elements = try UnusableSettings.at(file) { () throws(JSONFieldError) in
            try object.refuseFields(otherThan: ["issuers"])
            return try object.array("issuers")
        }
        guard (1...Self.maximumIssuers).contains(elements.count) else {
            throw UnusableSettings(
                "\(file): it has \(elements.count) issuers; 1 to \(Self.maximumIssuers) are possible.")
        }
        var issuers: [JWTIssuer] = []
        for (index, element) in elements.enumerated() {
            guard case .object(let object) = element else {
                throw UnusableSettings("\(file): issuer \(index + 1) must be an object, not \(element.kind).")
            }
            let issuer = try issuer(object, number: index + 1)
            guard !issuers.contains(where: { $0.name == issuer.name }) else {
                throw UnusableSettings("\(file): two issuers have the name '\(issuer.name)'; identities begin with it.")
            }
            issuers.append(issuer)
        }
        return issuers
    }

    private mutating func issuer(_ object: JSONObject, number: Int) throws(UnusableSettings) -> JWTIssuer {
        let name = try UnusableSettings.at("\(file): issuer \(number)") { () throws(JSONFieldError) in
            try Self.name(of: object)
        }
        let place = "\(file): issuer '\(name)'"
        var keys: [JWTKey] = []
        let sources = try UnusableSettings.at(place) { () throws(JSONFieldError) in
            try object.refuseFields(otherThan: [
                "name", "iss", "audiences", "jwks_file", "keys", "max_lifetime", "identity", "rules", "trusts_grants",
            ])
            return (try object.optionalString("jwks_file"), try object.optionalArray("keys"))
        }
        if let path = sources.0 { keys += try self.keys(inFile: path, place) }
        if let elements = sources.1 { keys += try self.keys(elements, place) }
        try register(keys, of: name, place)
        let rules = try self.rules(of: object, place)
        return try UnusableSettings.at(place) { () throws(JSONFieldError) in
            JWTIssuer(
                name: name, iss: try Self.text("iss", of: object), audiences: try Self.audiences(of: object),
                keys: keys,
                maximumLifetime: try Self.lifetime(of: object),
                identity: try Self.pointer("identity", of: object, default: "/sub"), rules: rules,
                trustsGrants: try object.optionalBool("trusts_grants") ?? false)
        }
    }
}

// MARK: Keys

extension JWTSettingsReader {
    /// The keys of a JWK set (RFC 7517, section 5). Those that say that they encrypt are left out.
    private mutating func keys(inFile path: String, _ place: String) throws(UnusableSettings) -> [JWTKey] {
        let bytes = try contents(of: path, place)
        let place = "\(place), \(path)"
        let value = try UnusableSettings.at(place) { () throws(JSONError) in try JSONReader.read(bytes) }
        guard case .object(let set) = value, case .array(let elements)? = set["keys"] else {
            throw UnusableSettings("\(place): it is no set of keys: {\"keys\": [...]} (RFC 7517).")
        }
        var keys: [JWTKey] = []
        for (index, element) in elements.enumerated() {
            let object = try Self.key(element, index, place)
            guard object["use"] == nil || object["use"] == .string("sig") else { continue }
            keys.append(
                try UnusableSettings.at(Self.place(of: object, index, place)) { () throws(JSONFieldError) in
                    try JWTKey(jwk: object)
                })
        }
        return keys
    }

    /// Keys in the settings themselves: public ones as they stand in a JWK set, and secrets by their files.
    private mutating func keys(_ elements: [JSONValue], _ place: String) throws(UnusableSettings) -> [JWTKey] {
        var keys: [JWTKey] = []
        for (index, element) in elements.enumerated() {
            let object = try Self.key(element, index, place)
            let place = Self.place(of: object, index, place)
            let path = try UnusableSettings.at(place) { () throws(JSONFieldError) in
                try Self.secretFile(of: object)
            }
            guard let path else {
                keys.append(try UnusableSettings.at(place) { () throws(JSONFieldError) in try JWTKey(jwk: object) })
                continue
            }
            let bytes = try contents(of: path, place)
            secretFiles.append(path)
            keys.append(
                try UnusableSettings.at("\(place), \(path)") { () throws(JSONFieldError) in
                    try JWTKey(id: try JWTKey.id(of: object), secretFile: bytes)
                })
        }
        return keys
    }

    /// No two keys have one `kid`, so that a token never has a choice.
    private mutating func register(_ keys: [JWTKey], of issuer: String, _ place: String) throws(UnusableSettings) {
        guard !keys.isEmpty else {
            throw UnusableSettings("\(place): it has no key; name a file with 'jwks_file', or write 'keys'.")
        }
        for key in keys {
            if let other = owners.updateValue(issuer, forKey: .string(key.id)) {
                throw UnusableSettings(
                    "\(place): the kid '\(key.id)' is also that of a key of issuer '\(other)'; each key needs its own.")
            }
        }
        guard owners.count <= Self.maximumKeys else {
            throw UnusableSettings("\(file): its issuers have more than \(Self.maximumKeys) keys together.")
        }
    }

    private mutating func contents(of path: String, _ place: String) throws(UnusableSettings) -> [UInt8] {
        let read = read
        let bytes = try UnusableSettings.at(place) { () throws(UnusableSettings) in try read(path) }
        hash.update(data: Array("\(path.utf8.count) \(path) \(bytes.count) ".utf8) + bytes)
        return bytes
    }

    private static func key(_ element: JSONValue, _ index: Int, _ place: String) throws(UnusableSettings) -> JSONObject
    {
        guard case .object(let object) = element else {
            throw UnusableSettings("\(place): key \(index + 1) must be an object, not \(element.kind).")
        }
        return object
    }

    private static func place(of key: JSONObject, _ index: Int, _ place: String) -> String {
        if case .string(let id)? = key["kid"], !id.isEmpty {
            "\(place), key '\(id)'"
        } else {
            "\(place), key \(index + 1)"
        }
    }

    /// Nil for a public key.
    private static func secretFile(of key: JSONObject) throws(JSONFieldError) -> String? {
        guard let path = try key.optionalString("secret_file") else {
            // Read as a public one, it would say that the secret has no place there, and not what is missing.
            if key["alg"] == .string(JWTAlgorithm.hs256.rawValue) {
                throw JSONFieldError(
                    field: "secret_file", problem: .missing(expected: "the path of a file that holds the HS256 secret"))
            }
            return nil
        }
        try key.refuseFields(otherThan: ["kid", "alg", "secret_file"])
        guard try JWTKey.algorithm(of: key) == .hs256 else {
            throw JSONFieldError(field: "alg", problem: .invalid("it must be \"HS256\" for a key with 'secret_file'."))
        }
        _ = try JWTKey.id(of: key)
        return path
    }
}

// MARK: Rules

extension JWTSettingsReader {
    private mutating func rules(of issuer: JSONObject, _ place: String) throws(UnusableSettings) -> [JWTIssuer.Rule] {
        let elements = try UnusableSettings.at(place) { () throws(JSONFieldError) in
            try issuer.optionalArray("rules") ?? []
        }
        ruleCount += elements.count
        guard ruleCount <= Self.maximumRules else {
            throw UnusableSettings("\(file): its issuers have more than \(Self.maximumRules) rules together.")
        }
        var rules: [JWTIssuer.Rule] = []
        for (index, element) in elements.enumerated() {
            let place = "\(place), rule \(index + 1)"
            guard case .object(let object) = element else {
                throw UnusableSettings("\(place): it must be an object, not \(element.kind).")
            }
            rules.append(
                try UnusableSettings.at(place) { () throws(JSONFieldError) in
                    try object.refuseFields(otherThan: ["claim", "equals", "grants"])
                    return JWTIssuer.Rule(
                        claim: try Self.pointer("claim", of: object), value: try Self.value(of: object),
                        grants: try GrantList.read("grants", of: object))
                })
        }
        return rules
    }

    private static func value(of rule: JSONObject) throws(JSONFieldError) -> JSONValue {
        let expected = "a string, a number or a boolean"
        switch rule["equals"] {
        case let value? where value.isPlain: return value
        case nil, .null?: throw JSONFieldError(field: "equals", problem: .missing(expected: expected))
        case let value?:
            throw JSONFieldError(field: "equals", problem: .wrongType(expected: expected, found: value.kind))
        }
    }
}

extension JSONValue {
    /// True for a string, a number or a boolean.
    fileprivate var isPlain: Bool {
        switch self {
        case .string, .number, .bool: true
        case .null, .array, .object: false
        }
    }
}

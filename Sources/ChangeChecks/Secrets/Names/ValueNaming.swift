import ConfigModel

/// What the name of a value, or of what it is in, says about it.
struct ValueNaming {
    private let name: SecretName
    /// The name itself; empty where something around the value has it.
    private let key: String
    /// Whether it is `secrets`, where services of compose list the secrets that they get, by name.
    private var mayListNames = false
    /// The rule that a secret under it breaks.
    private var rule = SecretRule.named

    private init(_ name: SecretName, key: String = "") {
        self.name = name
        self.key = key
    }

    /// The name of an option, `--password`, whose value is the next element of the list; nil for other options.
    init?(option text: String) {
        guard text.utf8.count <= 64,
            let name = UTF8Order.withBytes(text, { $0.consists(of: .name) ? SecretName($0) : nil })
        else { return nil }
        self.init(name, key: text)
    }

    /// What the elements of an array or the members of an object inherit.
    ///
    /// - Parameters:
    ///   - key: the name of the array or object.
    ///   - inherited: what that one inherits itself.
    init?(inside key: String, as inherited: ValueNaming?) {
        let naming = UTF8Order.withBytes(key) { bytes -> ValueNaming? in
            if let name = SecretName(bytes) {
                guard name != .authorization else { return nil }
                var naming = ValueNaming(name)
                naming.mayListNames = name == .secret && bytes.endsCaseless(in: "secrets")
                return naming
            }
            guard let inherited, inherited.name == .logins || !PlainName.contains(bytes) else { return nil }
            return inherited
        }
        guard let naming else { return nil }
        self = naming
    }

    /// What the name of a text says.
    ///
    /// - Parameters:
    ///   - key: its name.
    ///   - object: what it is in.
    ///   - pairName: the name that the object gives its value: `{"name": KEY, "value": V}`.
    ///   - inherited: what the object inherits.
    init?(of key: String, in object: JSONObject, named pairName: String?, as inherited: ValueNaming?) {
        let naming = UTF8Order.withBytes(key) { bytes -> ValueNaming? in
            if let name = SecretName(bytes) {
                return Self.isReference(bytes, name, in: object) ? nil : ValueNaming(name, key: key)
            }
            if let pairName, bytes.count == 5, bytes.endsCaseless(in: "value"),
                let name = UTF8Order.withBytes(pairName, { SecretName($0) })
            {
                return ValueNaming(name, key: pairName)
            }
            guard let inherited else { return nil }
            if inherited.name == .logins { return bytes.count == 4 && bytes.has("auth") ? inherited : nil }
            return PlainName.contains(bytes) ? nil : inherited
        }
        guard let naming else { return nil }
        self = naming
        if name == .token, key == "private_key", object["type"] == .string("service_account") { rule = .privateKey }
    }

    /// Whether a member of an object says how the member `value` beside it is called.
    static func isPairName(_ key: String) -> Bool {
        guard key.utf8.count <= 4 else { return false }
        return UTF8Order.withBytes(key) {
            $0.count == 4 && $0.hasCaseless("name") || $0.count == 3 && $0.hasCaseless("key")
        }
    }

    /// `{"$secret": "scheme:place"}`, and the `secretKey` beside the object of Kubernetes that has it.
    private static func isReference(_ key: ByteText, _ name: SecretName, in object: JSONObject) -> Bool {
        if key.count == 7, key.has("$secret"), object.count == 1, case .string(let text)? = object["$secret"] {
            return text.utf8.contains(UInt8(ascii: ":"))
        }
        guard name == .token, key.endsCaseless(in: "secretkey") || key.endsCaseless(in: "secret_key") else {
            return false
        }
        return objectNames.contains { object[$0] != nil }
    }

    private static let objectNames = ["existingSecret", "remoteRef", "secretName", "secretRef", "secret_name"]

    /// The rules that a text under this name breaks.
    ///
    /// - Parameter isElement: whether it is an element of a list.
    func rules(for text: String, isElement: Bool) -> FoundRules {
        var rules = FoundRules()
        switch UTF8Order.withBytes(text, { verdict(for: $0, isElement: isElement) }) {
        case .harmless: break
        case .weak: rules.note(rule, at: 0..<text.utf8.count, warns: true)
        case .secret: rules.note(rule, at: 0..<text.utf8.count)
        }
        return rules
    }

    private func verdict(for text: ByteText, isElement: Bool) -> SecretValue.Verdict {
        var value = SecretValue(text)
        if name == .authorization {
            guard let credentials = value.bytes.credentials else { return .harmless }
            value = SecretValue(credentials)
        }
        if isElement, mayListNames, value.isObjectName { return .harmless }
        return UTF8Order.withBytes(key) { value.verdict(under: name, called: $0) }
    }
}

import ConfigModel

/// An issuer of tokens that the operator trusts, and what its tokens may do.
struct JWTIssuer: Sendable {
    /// Grants for each token with a claim.
    struct Rule: Sendable, Equatable {
        let claim: JSONPointer
        /// The claim's value, or an element of it when it is an array.
        let value: JSONValue
        let grants: [Grant]

        func matches(_ payload: JSONObject) -> Bool {
            switch payload.claim(at: claim) {
            case .array(let elements)?: elements.contains(value)
            case let claim?: claim == value
            case nil: false
            }
        }
    }

    /// What its identities begin with.
    let name: String
    /// The text of `iss`.
    let iss: String
    /// Texts, one of which must be in `aud`. As JSON they are compared by bytes.
    let audiences: Set<JSONValue>
    let keys: [JWTKey]
    /// In milliseconds.
    let maximumLifetime: Int64
    /// The claim that names the identity.
    let identity: JSONPointer
    let rules: [Rule]
    /// A claim `configbus` with an array of grants counts.
    let trustsGrants: Bool
}

extension JWTIssuer {
    /// The name of a token's identity.
    func identity(of payload: JSONObject) throws(JWTRefusal) -> String {
        guard case .string(let subject)? = payload.claim(at: identity) else { throw .claim(identity.description) }
        guard IdentityText.isValid(subject) else { throw .subject }
        return "\(name):\(subject)"
    }

    /// What a token may do: the grants of all rules that fit, and those that it brings when they count.
    func grants(of payload: JSONObject) throws(JWTRefusal) -> [Grant] {
        var grants: Set<Grant> = []
        for rule in rules where rule.matches(payload) { grants.formUnion(rule.grants) }
        if trustsGrants, let claim = payload["configbus"] {
            guard case .array(let elements) = claim else { throw .grants }
            for element in elements {
                guard case .string(let text) = element, let grant = try? Grant(parsing: text) else { throw .grants }
                grants.insert(grant)
            }
        }
        guard grants.count <= Grant.maximumCount else { throw .grants }
        return grants.sorted()
    }
}

extension JSONObject {
    /// The value at the end of a way through objects.
    func claim(at pointer: JSONPointer) -> JSONValue? {
        var value = JSONValue.object(self)
        for token in pointer.tokens {
            guard case .object(let object) = value, let member = object[token] else { return nil }
            value = member
        }
        return value
    }
}

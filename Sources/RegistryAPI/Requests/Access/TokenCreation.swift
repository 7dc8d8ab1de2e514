import ConfigModel

/// `POST /api/tokens`: a token for an identity.
package struct TokenCreation: Sendable, Equatable {
    /// When a token ends.
    package enum Expiry: Sendable, Equatable {
        /// So long after it was made.
        case after(Duration)
        /// Never.
        case never
    }

    /// The identity that versions carry.
    package var name: String
    /// What it may do, each as `role:service/environment`.
    package var grants: [String]
    /// What it may do beside its grants.
    package var rights: [String]
    /// When it ends; nil leaves it to the registry.
    package var expiry: Expiry?
    /// What a person writes about it.
    package var comment: String

    /// Puts a request together.
    package init(
        name: String, grants: [String], rights: [String] = [], expiry: Expiry? = nil, comment: String = ""
    ) {
        self.name = name
        self.grants = grants
        self.rights = rights
        self.expiry = expiry
        self.comment = comment
    }
}

extension TokenCreation {
    private static let fields = ["name", "grants", "rights", "expires_in", "expires", "comment"]
    private static let never = "never"
    private static let hint = #"Send {"name": "ci", "grants": ["publisher:parsing/prod"], "expires_in": "90d"}."#

    /// Reads a body.
    package init(_ body: [UInt8]) throws(Problem) {
        let fields = try BodyFields(body, known: Self.fields, maximumDepth: 2, hint: Self.hint)
        name = try fields.requiredText("name", hint: Self.hint)
        guard let grants = try fields.texts("grants") else { throw BodyFields.missing("grants", hint: Self.hint) }
        self.grants = grants
        rights = try fields.texts("rights") ?? []
        comment = try fields.text("comment") ?? ""
        expiry = try Self.expiry(fields)
    }

    private static func expiry(_ fields: BodyFields) throws(Problem) -> Expiry? {
        let lifetime = try fields.duration("expires_in")
        guard let word = try fields.text("expires") else { return lifetime.map { .after($0) } }
        guard word == never else {
            throw BodyFields.invalid(
                "expires", "it can only be \"\(never)\"; a token that ends has a duration in expires_in.")
        }
        guard lifetime == nil else { throw BodyFields.invalid("expires", "beside expires_in it means nothing.") }
        return .never
    }

    /// The request as HTTP has it.
    package var request: RegistryRequest {
        var writer = JSONWriter()
        writer.object { body in
            body.member("name", name)
            body.array("grants") { list in grants.forEach { list.element($0) } }
            if !rights.isEmpty { body.array("rights") { list in rights.forEach { list.element($0) } } }
            switch expiry {
            case .after(let duration)?: body.member("expires_in", duration.components.seconds)
            case .never?: body.member("expires", Self.never)
            case nil: break
            }
            if !comment.isEmpty { body.member("comment", comment) }
        }
        var request = RegistryRequest(method: .post, path: APIPath.tokens)
        request.setJSON(writer.bytes)
        return request
    }
}

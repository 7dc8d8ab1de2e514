package import ConfigModel

/// `POST /api/denials`: refuses an identity, or one token of it, that the registry did not issue.
package struct DenialRequest: Sendable, Equatable {
    /// What is refused.
    package enum Subject: Sendable, Equatable {
        /// Every credential of the identity.
        case identity(String)
        /// The JWT with this `jti`.
        case jti(String)
    }

    /// What is refused.
    package var subject: Subject
    /// From then on it is let in again; nil for never.
    package var until: Timestamp?
    /// What a person writes about it.
    package var comment: String

    /// Puts a request together.
    package init(_ subject: Subject, until: Timestamp? = nil, comment: String = "") {
        self.subject = subject
        self.until = until
        self.comment = comment
    }

    private static let hint = #"Send {"identity": "NAME:subject", "comment": "..."}, or "jti" for one token."#

    /// Reads a body.
    package init(_ body: [UInt8]) throws(Problem) {
        let fields = try BodyFields(
            body, known: ["identity", "jti", "until", "comment"], maximumDepth: 1, hint: Self.hint)
        switch (try fields.text("identity"), try fields.text("jti")) {
        case (let identity?, nil): subject = .identity(identity)
        case (nil, let jti?): subject = .jti(jti)
        case (nil, nil): throw BodyFields.missing("identity", hint: Self.hint)
        case (_?, _?): throw BodyFields.invalid("jti", "beside identity it means nothing; make two denials.")
        }
        until = try fields.moment("until")
        comment = try fields.text("comment") ?? ""
    }

    /// The request as HTTP has it.
    package var request: RegistryRequest {
        var writer = JSONWriter()
        writer.object { body in
            switch subject {
            case .identity(let name): body.member("identity", name)
            case .jti(let jti): body.member("jti", jti)
            }
            body.member("until", until?.description)
            if !comment.isEmpty { body.member("comment", comment) }
        }
        var request = RegistryRequest(method: .post, path: APIPath.denials)
        request.setJSON(writer.bytes)
        return request
    }
}

package import ConfigModel

/// What a registry says about a denial.
package struct DenialFacts: Sendable, Equatable {
    /// Made by the registry.
    package let id: String
    /// What is refused.
    package let subject: DenialRequest.Subject
    /// From then on it is let in again; nil for never.
    package let until: Timestamp?
    /// When it was made.
    package let createdAt: Timestamp
    /// The identity that made it.
    package let createdBy: String
    /// What a person wrote about it.
    package let comment: String

    /// Puts them together.
    package init(
        id: String, subject: DenialRequest.Subject, until: Timestamp?, createdAt: Timestamp, createdBy: String,
        comment: String
    ) {
        self.id = id
        self.subject = subject
        self.until = until
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.comment = comment
    }
}

extension DenialFacts {
    /// Reads a denial of a list, or one on its own.
    package init(json object: JSONObject) throws(JSONFieldError) {
        let subject: DenialRequest.Subject =
            if let identity = try object.optionalString("identity") { .identity(identity) } else {
                .jti(try object.string("jti"))
            }
        self.init(
            id: try object.string("id"), subject: subject, until: try object.moment("until"),
            createdAt: try object.parsed("created_at") { Timestamp(parsing: $0) },
            createdBy: try object.string("created_by"), comment: try object.string("comment"))
    }

    /// Reads a body about one denial.
    package init(_ body: [UInt8]) throws(InvalidResponse) {
        let object = try ResponseJSON.object(body)
        self = try ResponseJSON.fields { () throws(JSONFieldError) in try DenialFacts(json: object) }
    }

    /// Reads a list.
    package static func list(_ body: [UInt8]) throws(InvalidResponse) -> [DenialFacts] {
        var denials: [DenialFacts] = []
        for object in try ResponseJSON.objects(body) {
            denials.append(try ResponseJSON.fields { () throws(JSONFieldError) in try DenialFacts(json: object) })
        }
        return denials
    }

    /// Writes the members of the object.
    package func write(to object: inout JSONWriter) {
        object.member("id", id)
        switch subject {
        case .identity(let name): object.member("identity", name)
        case .jti(let jti): object.member("jti", jti)
        }
        object.member("until", until?.description)
        object.member("created_at", createdAt.description)
        object.member("created_by", createdBy)
        object.member("comment", comment)
    }

    /// The body about one denial.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object(write)
        return writer.bytes
    }

    /// The body of a list.
    package static func jsonBytes(_ denials: [DenialFacts]) -> [UInt8] {
        var writer = JSONWriter(capacity: 256 * denials.count + 2)
        writer.array { list in
            for denial in denials { list.object(denial.write) }
        }
        return writer.bytes
    }
}

import ConfigModel

/// What ending a token, or removing a denial, did.
package enum Revocation {
    /// The member of the body about a token.
    package static let revoked = "revoked"
    /// The member of the body about a denial.
    package static let removed = "removed"

    /// Reads a body.
    ///
    /// - Returns: false when there was nothing to do.
    package static func read(_ member: String, _ body: [UInt8]) throws(InvalidResponse) -> Bool {
        let object = try ResponseJSON.object(body)
        return try ResponseJSON.fields { () throws(JSONFieldError) in try object.int64(member) != 0 }
    }

    /// The body.
    package static func jsonBytes(_ member: String, _ isDone: Bool) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { $0.member(member, isDone ? 1 : 0) }
        return writer.bytes
    }
}

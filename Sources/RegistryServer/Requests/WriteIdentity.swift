import ConfigRegistry
import HTTPTypes

/// The identifiers of a write: which change it is, and which request of the caller's it belongs to.
struct WriteIdentity: Sendable {
    let change: ChangeIdentifier
    let correlationID: String?

    init(_ headers: HTTPFields) throws(Problem) {
        change = try ChangeIdentifier(headers)
        correlationID = try CorrelationIdentifier.read(headers)
    }

    /// Every answer to a write names them, refusals and failures too.
    var fields: HTTPFields {
        var fields = HTTPFields()
        fields[.idempotencyKey] = change.text
        fields[.correlationID] = correlationID
        return fields
    }

    func origin(author: String, comment: String?) -> ChangeOrigin {
        ChangeOrigin(
            author: author, comment: comment ?? "", changeID: change.text, isChangeIDFromClient: change.isFromClient,
            correlationID: correlationID)
    }
}

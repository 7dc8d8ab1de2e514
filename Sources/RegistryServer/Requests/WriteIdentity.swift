import ConfigModel
import ConfigRegistry
import HTTPTypes
import RegistryAPI

/// The identifiers of a write: which change it is, and which request of the caller's it belongs to.
struct WriteIdentity: Sendable {
    let change: ChangeIdentifier
    let correlationID: String?

    init(_ headers: HTTPFields) throws(Problem) {
        change = try ChangeIdentifier(idempotencyKey: headers[.idempotencyKey])
        correlationID = try CorrelationIdentifier.read(headers[.correlationID])
    }

    /// Every response to a write names them, refusals and failures too.
    var headers: [(name: HeaderName, value: String)] {
        [(.idempotencyKey, change.text)] + (correlationID.map { [(.correlationID, $0)] } ?? [])
    }

    func origin(
        author: String, comment: String?, overrides: CheckOverrides, actor: AccessActor? = nil
    ) -> ChangeOrigin {
        ChangeOrigin(
            author: author, comment: comment ?? "", changeID: change.text, isChangeIDFromClient: change.isFromClient,
            correlationID: correlationID, overrides: overrides, actor: actor)
    }
}

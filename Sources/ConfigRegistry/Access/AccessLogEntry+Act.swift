import ConfigAccess
import ConfigModel
import Logging

extension AccessLogEntry {
    init(
        at time: Timestamp, registry: String, actor: AccessActor, action: Action, subject: String, status: Int,
        type: String
    ) {
        self.init(
            at: time, registry: registry, kind: actor.principal.kind, identity: actor.principal.name,
            tokenID: actor.principal.tokenID, address: actor.address, action: action.rawValue, subject: subject,
            status: status, type: type)
    }

    init(_ act: AccessAct, by actor: AccessActor, at time: Timestamp, registry: String) {
        self.init(
            at: time, registry: registry, actor: actor, action: act.action, subject: act.subject, status: act.status,
            type: act.kind.rawValue)
    }

    /// For the log of the program.
    var metadata: Logger.Metadata {
        var metadata: Logger.Metadata = [
            "type": "\(type)", "identity": "\(identity ?? "")", "kind": "\(kind.rawValue)",
        ]
        if let subject { metadata["subject"] = "\(subject)" }
        if let address { metadata["address"] = "\(address)" }
        if let tokenID { metadata["token"] = "\(tokenID)" }
        return metadata
    }
}

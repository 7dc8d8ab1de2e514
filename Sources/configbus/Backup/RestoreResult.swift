import ConfigBackup
import ConfigModel
import ConfigStore

/// What came of a restore.
struct RestoreResult {
    let backup: BackupSummary
    let hasAccess: Bool
    let state: StoreState
    /// An earlier restore came to its end: nothing was written.
    let wasThere: Bool

    /// For a person.
    var text: String {
        let contents = hasAccess ? backup.contents : backup.contentsWithoutAccess
        var lines = [wasThere ? "was restored before, nothing was changed: \(contents)" : "restored \(contents)"]
        lines.append(
            "epoch \(state.epoch) (was \(backup.header.epoch))"
                + (state.statement.map { ", signed with the key \($0.signature.keyID)" } ?? ""))
        if backup.header.authentication == .required, !hasAccess {
            lines.append(
                "callers need a credential, and there is no token: make the first one with 'configbus token bootstrap'")
        }
        return lines.joined(separator: "\n")
    }

    /// What of the backup did not come back; nil when there is nothing.
    var leftOut: String? {
        let counts = backup.trailer.counts
        guard !hasAccess, counts.tokens + counts.denials > 0 else { return nil }
        return
            "left out: \(Count.text(counts.tokens, "token")), \(Count.text(counts.denials, "denial")). To have them too, restore "
            + "into another empty store with --with-access."
    }

    /// For programs.
    var json: JSONValue {
        guard case .object(var object) = backup.json else { return backup.json }
        object["epoch"] = .string(state.epoch.description)
        object["previous_epoch"] = .string(backup.header.epoch.description)
        object["key_id"] = state.statement.map { .string($0.signature.keyID) } ?? .null
        object["access"] = .bool(hasAccess)
        object["tokens_left_out"] = .number(JSONNumber(hasAccess ? 0 : backup.trailer.counts.tokens))
        object["denials_left_out"] = .number(JSONNumber(hasAccess ? 0 : backup.trailer.counts.denials))
        object["was_there"] = .bool(wasThere)
        return .object(object)
    }
}

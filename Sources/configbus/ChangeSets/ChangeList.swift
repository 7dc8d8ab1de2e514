import ConfigModel
import ConfigNotation
import RegistryAPI

/// Changes of several documents, as a file or a directory says them.
struct ChangeList {
    /// Each document once.
    let changes: [WantedChange]
    /// Why, when the file says it.
    var comment: String?
    /// Who, when the file says it.
    var author: String?
    /// What the file lets pass.
    var overrides = CheckOverrides.none

    /// What goes with the changes: the flags, and what the file says where no flag does.
    func reason(_ reason: ChangeReasonOptions) -> ChangeReasonOptions {
        var reason = reason
        if reason.comment.isEmpty { reason.comment = comment ?? "" }
        reason.author = reason.author ?? author
        reason.overrides += overrides.names
        return reason
    }
}

extension ChangeList {
    /// Reads a file in the form of the body of `POST /api/changesets`.
    ///
    /// - Parameter isChangeSet: the file is one change set; otherwise it may have any number of documents.
    /// - Throws: `CommandFailure` that names everything that is wrong.
    static func read(_ path: String, _ format: ContentNotation?, isChangeSet: Bool = true) throws -> ChangeList {
        let bytes = isChangeSet ? try ContentArgument.content(of: path, format: format).bytes : try longList(path)
        let name = path == "-" ? "Standard input" : path
        let body: ChangeSetBody
        do {
            body = try ChangeSetBody(bytes, limits: ContentNotation.limits, isChangeSet: isChangeSet)
        } catch {
            throw CommandFailure.refused("\(name): \(error.detail ?? error.title)")
        }
        let faults = body.documents.flatMap(\.problems).map { problem in
            "\(problem.pointer.map { "\($0): " } ?? "")\(problem.detail ?? problem.title)"
        }
        guard faults.isEmpty else {
            throw CommandFailure.refused("Nothing was changed: \(name) has \(Count.text(faults.count, "fault")).")
                .with(faults)
        }
        return ChangeList(
            changes: body.documents.compactMap(\.change).map { WantedChange($0) }, comment: body.comment,
            author: body.createdBy, overrides: body.overrides)
    }
}

extension ChangeList {
    /// The JSON of a list that may be longer than any document.
    private static func longList(_ path: String) throws -> [UInt8] {
        let name = path == "-" ? "Standard input" : path
        guard let notation = ContentNotation(path: path) else {
            throw CommandFailure.refused("\(path) ends in none of \(ContentNotation.endings).")
        }
        let bytes = try InputFile.read(path, flag: "FILE")
        do {
            switch notation {
            case .json: return bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes[3...]) : bytes
            case .yaml: return Array(try YAMLText.read(bytes).description.utf8)
            case .toml: return Array(try TOMLText.read(bytes).description.utf8)
            }
        } catch {
            throw CommandFailure.refused("\(name): \(error)")
        }
    }
}

extension WantedChange {
    /// As a file says it.
    fileprivate init(_ change: DocumentChange) {
        let operation: Operation =
            switch change.operation {
            case .schema(let document): .schema(document)
            case .publish(let content): .content(content)
            case .patch(let patch): .patch(patch)
            case .restore(let version): .restore(version)
            case .delete: .delete
            }
        self.init(key: change.key, operation: operation, expected: change.expected)
    }
}

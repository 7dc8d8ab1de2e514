import ConfigModel
import RegistryAPI
import RegistryClient

/// What an import brings, as files say it.
struct ImportedChanges {
    /// Each document once.
    var changes: [WantedChange]
    /// Of a folder with environments: what `--prune` is about.
    var missing: MissingDocuments?
    /// What the file says of all changes.
    var list: ChangeList?
    /// What was left out, and why that is no mistake.
    var warnings: [String] = []
}

extension ImportedChanges {
    /// The documents of a folder with environments.
    init(_ tree: DocumentTree) {
        self.init(changes: tree.changes, missing: MissingDocuments(tree), warnings: tree.note.map { [$0] } ?? [])
    }

    /// The changes of a list.
    init(_ list: ChangeList) {
        self.init(changes: list.changes, list: list)
    }

    /// What goes with every change: the flags, and what the file says where no flag does.
    func options(_ reason: ImportReasonOptions) throws -> WriteOptions {
        var options = try reason.options()
        guard let list else { return options }
        if options.comment.isEmpty { options.comment = list.comment ?? "" }
        if reason.author == nil, let author = list.author { options.createdBy = author }
        options.overrides = try CheckOverrides(options.overrides.names + list.overrides.names)
        return options
    }
}

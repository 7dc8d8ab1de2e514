import ConfigModel
import RegistryAPI
import RegistryClient

/// Living documents that a folder has no file of, and that an import with `--prune` deletes: in environments that have a folder
/// there, and in no others.
struct MissingDocuments {
    let environments: [String]
    /// The documents of the folder.
    let present: Set<DocumentKey>
    /// What an export says of its files; nil for a folder that none was made into.
    private let manifest: ExportManifest?

    init(_ tree: DocumentTree) {
        present = Set(tree.documents.map(\.key))
        manifest = tree.manifest
        let only = tree.manifest?.environment
        environments = tree.environments.filter { $0 == only ?? $0 }
    }

    /// A deletion of each. Documents that the export could not see are left, and counted.
    func deletions(_ client: RegistryClient) async throws -> [WantedChange] {
        let readable = try readable()
        var deletions: [WantedChange] = []
        var hidden = 0
        for environment in environments {
            var list = ListRequest(prefix: manifest?.prefix, environment: environment, limit: 1_000)
            repeat {
                let page = try await client.headSummaries(list)
                for key in page.elements.map(\.key) where !present.contains(key) {
                    if readable.includes(key) {
                        deletions.append(WantedChange(key: key, operation: .delete))
                    } else {
                        hidden += 1
                    }
                }
                list.cursor = page.next
            } while list.cursor != nil
        }
        if hidden > 0 {
            Warning.say(
                "\(Count.text(hidden, "document")) without a file \(hidden == 1 ? "stays" : "stay"), because the export could not see "
                    + "\(hidden == 1 ? "it" : "them"): its token read \(readable) only. Export with --update and a token that reads "
                    + "everything, and --prune is about all documents.")
        }
        return deletions
    }

    /// What is missing because it was deleted, and not because an export did not have it.
    private func readable() throws -> ReadableDocuments {
        guard let manifest else { return .all }
        guard manifest.isComplete else {
            throw CommandFailure.refused(
                "Nothing was changed: the export into this directory did not end, or could not read every document, so that --prune "
                    + "would delete what it did not come to. Run 'configbus export' with --update first, or leave --prune out."
            )
        }
        guard let readable = manifest.readable else {
            throw CommandFailure.refused(
                "Nothing was changed: \(ExportManifest.name) does not say which documents the export could see, so that --prune might "
                    + "delete those that its token could not. Run 'configbus export' with --update first, or leave --prune out."
            )
        }
        return readable
    }
}

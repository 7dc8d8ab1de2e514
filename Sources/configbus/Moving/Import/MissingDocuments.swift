import ConfigModel
import RegistryAPI
import RegistryClient

/// Living documents that a folder has no file of, and that an import with `--prune` deletes: in environments that have a folder
/// there, and in no others.
struct MissingDocuments {
    let environments: [String]
    /// The documents of the folder.
    let present: Set<DocumentKey>
    /// Only services at this name and below it.
    let prefix: String?
    /// False when files may be missing because an export into the folder was ended.
    private let isComplete: Bool

    init(_ tree: DocumentTree) {
        environments = tree.environments
        present = Set(tree.documents.map(\.key))
        prefix = tree.manifest?.prefix
        isComplete = tree.manifest?.isComplete ?? true
    }

    /// A deletion of each.
    func deletions(_ client: RegistryClient) async throws -> [WantedChange] {
        guard isComplete else {
            throw CommandFailure.refused(
                "Nothing was changed: the export into this directory did not end, so that --prune would delete what it did not come to. "
                    + "Run 'configbus export' with --update first, or leave --prune out.")
        }
        var deletions: [WantedChange] = []
        for environment in environments {
            var list = ListRequest(prefix: prefix, environment: environment, limit: 1_000)
            repeat {
                let page = try await client.headSummaries(list)
                deletions += page.elements.filter { !present.contains($0.key) }.map {
                    WantedChange(key: $0.key, operation: .delete)
                }
                list.cursor = page.next
            } while list.cursor != nil
        }
        return deletions
    }
}

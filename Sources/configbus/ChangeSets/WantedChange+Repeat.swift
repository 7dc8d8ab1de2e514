import ConfigModel
import RegistryAPI
import RegistryClient

extension WantedChange {
    /// The content of a document that has this change already, where that needs a proof: a JSON patch is another change each time
    /// that it is made.
    ///
    /// - Returns: nil for what is compared as every change is.
    /// - Throws: `CommandFailure` for a patch of which nothing can ever prove that it was made.
    func contentWhereMade(on base: DocumentBase, _ client: RegistryClient) async throws -> Content? {
        guard case .patch(.operations) = operation else { return nil }
        guard let expected else {
            throw CommandFailure.refused(
                "a JSON patch in a list that is imported needs expected_version, because the same import again would make it a second "
                    + "time otherwise; or write a merge_patch.")
        }
        guard case .version(let version) = expected, version != base.version, let living = base.content,
            let earlier = try? await client.content(ofVersion: version, of: key).content,
            try operation.result(on: earlier.object) == living
        else { return nil }
        return living
    }
}

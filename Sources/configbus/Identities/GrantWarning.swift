import ConfigAccess
import ConfigModel

/// What a person may not have meant when giving a grant.
enum GrantWarning {
    /// Warns of a role that writes the documents of the environment `default`: they lie under those of every other environment
    /// for readers that overlay them.
    static func text(_ grants: [Grant]) -> String? {
        let writing: [Role] = [.publisher, .admin]
        guard let grant = grants.first(where: { writing.contains($0.role) && $0.documents.environment == inherited })
        else { return nil }
        return
            "'\(grant)' writes what readers with overlay get in every environment, because the documents of '\(inherited)' lie "
            + "under those of all others"
    }

    private static let inherited = DocumentKey.defaultEnvironment
}

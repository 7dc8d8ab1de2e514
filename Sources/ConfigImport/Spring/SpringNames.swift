/// Which application and which profile the name of each file means: `orders-prod.yml`.
///
/// A dash may be in both. Without a list of the profiles, what stands behind the name of another file is one, and what is one
/// for one application is one for all.
struct SpringNames {
    /// The application that stands for all.
    static let shared = "application"

    private let names: Set<String>
    private let profiles: [String]

    /// - Parameters:
    ///   - names: of all files, without their endings.
    ///   - profiles: those that there are; empty when the names say it.
    init(_ names: [String], profiles: [String]) {
        let all = Set(names).union([Self.shared])
        self.names = all
        guard profiles.isEmpty else {
            self.profiles = profiles.sorted { $0.utf8.count > $1.utf8.count }
            return
        }
        let found = names.compactMap { name in Self.profile(of: name, among: all) }
        self.profiles = Set(found).sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
        isGuess = true
    }

    private var isGuess = false

    /// The application, and the profile where there is one.
    func meaning(of name: String) -> (application: String, profile: String?) {
        if isGuess, let profile = Self.profile(of: name, among: names) {
            return (String(name.dropLast(profile.count + 1)), profile)
        }
        for profile in profiles where name.hasSuffix("-\(profile)") && name.count > profile.count + 1 {
            return (String(name.dropLast(profile.count + 1)), profile)
        }
        return (name, nil)
    }

    /// Names that are taken for a profile and have profiles of their own, so that they may be applications; in order.
    var ambiguous: [String] {
        guard isGuess else { return [] }
        let applications = Set(
            names.compactMap { name in
                Self.profile(of: name, among: names).map { String(name.dropLast($0.count + 1)) }
            })
        return applications.filter { Self.profile(of: $0, among: names) != nil }.sorted()
    }

    /// What stands behind the longest other name and a dash.
    private static func profile(of name: String, among names: Set<String>) -> String? {
        for index in name.indices.reversed() where name[index] == "-" {
            let rest = name[name.index(after: index)...]
            if names.contains(String(name[..<index])), !rest.isEmpty { return String(rest) }
        }
        return nil
    }
}

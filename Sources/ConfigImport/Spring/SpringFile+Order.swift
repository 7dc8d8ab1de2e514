import ConfigModel

extension SpringFile {
    /// What a part for a profile sets and a later part for all sets again: to Spring the later one counts for the profile too, and
    /// two documents over each other cannot say that.
    ///
    /// - Returns: a sentence for each profile.
    func overrides(in name: String) -> [String] {
        var earlier: [String: SetPaths] = [:]
        var found: [String: MemberPath] = [:]
        for part in parts {
            let paths = part.entries.map(\.path.replaced)
            if let profile = part.profile {
                for path in paths { earlier[profile, default: SetPaths()].insert(path) }
            } else {
                for (profile, set) in earlier where found[profile] == nil {
                    found[profile] = paths.first(where: set.touches)
                }
            }
        }
        return found.sorted { $0.key < $1.key }.map { profile, path in
            "\(name), \(path): the part for \(profile) sets it, and a later part for all profiles sets it again, which counts for "
                + "\(profile) too: move the part for \(profile) to the end, without what does not count."
        }
    }

    /// Paths and the ways to them.
    private struct SetPaths {
        private var paths: Set<MemberPath> = []
        private var ways: Set<MemberPath> = []

        mutating func insert(_ path: MemberPath) {
            paths.insert(path)
            for count in 1..<max(1, path.steps.count) { ways.insert(MemberPath(Array(path.steps.prefix(count)))) }
        }

        /// True for a path that is one of them, or lies above or below one.
        func touches(_ path: MemberPath) -> Bool {
            guard !paths.contains(path), !ways.contains(path) else { return true }
            return (1..<max(1, path.steps.count)).contains { paths.contains(MemberPath(Array(path.steps.prefix($0)))) }
        }
    }
}

extension MemberPath {
    /// What is replaced with a value at this path: a list as a whole.
    fileprivate var replaced: MemberPath {
        MemberPath(
            Array(
                steps.prefix { step in
                    if case .member = step { true } else { false }
                }))
    }
}

/// Finds what was probably meant by a name that does not exist.
package enum NearestName {
    /// ` Did you mean 'publish'?`, or nothing when no name is near.
    package static func hint(for name: String, among names: some Sequence<String>) -> String {
        nearest(to: name, among: names).map { " Did you mean '\($0)'?" } ?? ""
    }

    /// The name with the fewest typing mistakes between, at most one in three characters, or one that only goes on.
    package static func nearest(to name: String, among names: some Sequence<String>) -> String? {
        let typed = Array(name.lowercased())
        let limit = max(1, typed.count / 3)
        let candidates = names.map { (name: $0, distance: distance(typed, Array($0.lowercased()))) }
        let longer = candidates.filter { typed.count > 1 && $0.name.lowercased().hasPrefix(name.lowercased()) }
        let similar = candidates.filter { $0.distance <= limit }
        return (longer.isEmpty ? similar : longer).min { $0.distance < $1.distance }?.name
    }

    /// Characters that are missing, too many, wrong or exchanged with their neighbour (optimal string alignment).
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var before: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                var best = min(
                    last[column] + (left[row] == right[column] ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, before[column - 1] + 1)
                }
                current.append(best)
            }
            (before, last) = (last, current)
        }
        return last[right.count]
    }
}

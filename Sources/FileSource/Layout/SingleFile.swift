import ConfigModel
import SystemPackage

/// One file for one document.
struct SingleFile {
    let path: String
    let format: FileFormat

    func survey(_ wanted: SurveyRequest) -> Survey {
        var survey = Survey()
        let walk = PathWalk(path)
        survey.places.add(walk)
        // With overlay the file is the environment's own; underneath there is none.
        let keys = wanted.keys.filter { key in
            key.environment != DocumentKey.defaultEnvironment
                || !wanted.keys.contains { $0.service == key.service && $0 != key }
        }
        for key in wanted.keys where !keys.contains(key) { survey.sightings[key] = Survey.Sighting(.gone) }
        guard let sighting = sighting(walk, wanted, keys) else { return survey }
        for key in keys { survey.sightings[key] = sighting }
        return survey
    }

    /// nil when it is known by its stamp.
    private func sighting(_ walk: PathWalk, _ wanted: SurveyRequest, _ keys: Set<DocumentKey>) -> Survey.Sighting? {
        guard let target = walk.target else {
            return walk.error.map { Survey.Sighting(FileReader.fault($0)) } ?? Survey.Sighting(.gone)
        }
        if keys.isDisjoint(with: wanted.forced),
            let facts = try? Stat(FilePath(target), followTargetSymlink: false),
            keys.allSatisfy({ wanted.stamps[$0] == FileStamp(facts) })
        {
            return nil
        }
        guard let format = named(target) else {
            return Survey.Sighting(
                FileFault(
                    "its name ends in none of .json, .yaml, .yml and .toml: say format: .yaml, for example, when the source is "
                        + "made, or --format yaml on the command line")
            )
        }
        let found = FileReader.look(at: target, format)
        return Survey.Sighting(found.look, found.stamp)
    }

    /// The ending of the name that the application gave counts, not that of what a link leads to, unless it has none.
    private func named(_ target: String) -> FileFormat? {
        guard format == .auto else { return format }
        return [path, target].lazy.compactMap { name in
            FilePath(name).extension.flatMap { FileFormat(ending: $0) }
        }.first
    }
}

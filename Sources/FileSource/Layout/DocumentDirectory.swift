import ConfigModel
import SystemPackage

/// A directory with a file for each document, `environment/service.ext`.
///
/// With a link `..data`, as Kubernetes makes one, all files are read below the directory that it leads to, which is one
/// generation of them. Links out of the directory are not followed.
struct DocumentDirectory {
    let path: String

    /// The name of a file that can hold a document.
    struct File {
        let service: Substring
        let format: FileFormat

        init?(_ name: String) {
            guard let dot = name.lastIndex(of: "."), dot > name.startIndex, !name.hasPrefix("."),
                let format = FileFormat(ending: name[name.index(after: dot)...])
            else { return nil }
            service = name[..<dot]
            self.format = format
        }
    }

    func survey(_ wanted: SurveyRequest) -> Survey {
        var survey = Survey()
        let walk = PathWalk(path)
        survey.places.add(walk)
        guard let root = walk.target else {
            let sighting = walk.error.map { Survey.Sighting(FileReader.fault($0)) } ?? Survey.Sighting(.gone)
            for key in wanted.keys { survey.sightings[key] = sighting }
            return survey
        }
        let generation = PathWalk(root + "/..data")
        survey.places.add(generation)
        let base = generation.target.flatMap { isBeneath($0, root) ? $0 : nil } ?? root
        let keys = Dictionary(grouping: wanted.keys, by: \.environment)
        for environment in Set(keys.keys).union(wanted.prefixes.map(\.environment)) {
            look(at: keys[environment] ?? [], in: environment, base: base, root: root, wanted, &survey)
        }
        survey.isConsistent = PathWalk(root + "/..data") == generation && PathWalk(path) == walk
        return survey
    }

    private func look(
        at keys: [DocumentKey], in environment: String, base: String, root: String, _ wanted: SurveyRequest,
        _ survey: inout Survey
    ) {
        let walk = PathWalk("\(base)/\(environment)")
        survey.places.add(walk)
        guard let directory = walk.target else {
            let sighting = walk.error.map { Survey.Sighting(FileReader.fault($0)) } ?? Survey.Sighting(.gone)
            for key in keys { survey.sightings[key] = sighting }
            return
        }
        guard isBeneath(directory, root) else {
            for key in keys { survey.sightings[key] = Survey.Sighting(Self.outside) }
            return
        }
        survey.places.add(directory, environment: environment)
        let prefixes = wanted.prefixes.filter { $0.environment == environment }
        let files: [Substring: [String]]
        do {
            files = try self.files(of: prefixes.isEmpty ? Set(keys.map { $0.service[...] }) : nil, in: directory)
        } catch {
            let isGone = error == .noSuchFileOrDirectory || error == .notDirectory
            for key in keys {
                survey.sightings[key] = isGone ? Survey.Sighting(.gone) : Survey.Sighting(FileReader.fault(error))
            }
            return
        }
        for service in prefixes.isEmpty ? [] : Array(files.keys) {
            // What is no name of a service is no document.
            guard let key = try? DocumentKey(service: String(service), environment: environment) else { continue }
            if prefixes.contains(where: { $0.includes(key) }) { survey.found.insert(key) }
        }
        for key in keys {
            let names = files[key.service[...]] ?? []
            survey.sightings[key] = sighting(of: key, names, in: directory, root: root, wanted, &survey.places)
        }
    }

    /// The names of files that hold one of these services' documents; nil for all.
    private func files(of services: Set<Substring>?, in directory: String) throws(Errno) -> [Substring: [String]] {
        var files: [Substring: [String]] = [:]
        for name in try DirectoryNames.read(directory) {
            guard let file = File(name), services?.contains(file.service) ?? true else { continue }
            files[file.service, default: []].append(name)
        }
        return files
    }

    /// nil when it is known by its stamp.
    private func sighting(
        of key: DocumentKey, _ names: [String], in directory: String, root: String, _ wanted: SurveyRequest,
        _ places: inout WatchedPlaces
    ) -> Survey.Sighting? {
        guard let name = names.first, let file = File(name) else { return Survey.Sighting(.gone) }
        guard names.count == 1 else {
            let all = names.sorted().joined(separator: " and ")
            return Survey.Sighting(FileFault("\(key) is in \(all); remove all but one"))
        }
        // As the application named the directory, whatever its links lead to.
        let named = "\(self.path)/\(key.environment)/\(name)"
        var path = "\(directory)/\(name)"
        do throws(Errno) {
            var facts = try Stat(FilePath(path), followTargetSymlink: false)
            if facts.type == .symbolicLink {
                let walk = PathWalk(path)
                places.add(walk)
                guard let target = walk.target else {
                    return walk.error.map { Survey.Sighting(FileReader.fault($0), at: named) } ?? Survey.Sighting(.gone)
                }
                guard isBeneath(target, root) else { return Survey.Sighting(Self.outside, at: named) }
                path = target
                facts = try Stat(FilePath(path), followTargetSymlink: false)
            }
            if !wanted.forced.contains(key), wanted.stamps[key] == FileStamp(facts) { return nil }
        } catch {
            let isGone = error == .noSuchFileOrDirectory || error == .notDirectory
            return isGone ? Survey.Sighting(.gone) : Survey.Sighting(FileReader.fault(error), at: named)
        }
        let found = FileReader.look(at: path, file.format)
        return Survey.Sighting(found.look, found.stamp, at: named)
    }

    private static let outside = FileFault("it is a link out of the directory, which is not followed")

    private func isBeneath(_ path: String, _ root: String) -> Bool {
        root == "/" || path.hasPrefix(root + "/")
    }
}

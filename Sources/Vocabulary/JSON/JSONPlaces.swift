import Foundation

// Finding one's way between the nodes of a text.
extension JSONText {
    /// The value under a key of an object.
    func child(_ name: String, of object: Int) -> Int? {
        var name = name
        return name.withUTF8 { wanted in
            bytes.withUnsafeBufferPointer { bytes in
                let end = Int(nodes[object].next)
                var key = object + 1
                while key < end {
                    if isCalled(nodes[key], wanted, bytes) { return key + 1 }
                    key = Int(nodes[key + 1].next)
                }
                return nil
            }
        }
    }

    private func isCalled(
        _ key: Node, _ wanted: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard key.kind == .plain else {
            return JSONText.text(of: key, in: bytes) == String(decoding: wanted, as: UTF8.self)
        }
        guard let first = bytes.baseAddress, let name = wanted.baseAddress,
            Int(key.end - key.start) == wanted.count
        else { return false }
        return memcmp(first + Int(key.start), name, wanted.count) == 0
    }

    /// Keys and values of an object, in their order.
    func forEachChild(
        of object: Int, _ take: (_ key: Int, _ value: Int) throws -> Void
    ) rethrows {
        let end = Int(nodes[object].next)
        var key = object + 1
        while key < end {
            try take(key, key + 1)
            key = Int(nodes[key + 1].next)
        }
    }

    func forEachElement(of array: Int, _ take: (Int) throws -> Void) rethrows {
        let end = Int(nodes[array].next)
        var element = array + 1
        while element < end {
            try take(element)
            element = Int(nodes[element].next)
        }
    }

    func children(of object: Int) -> [(key: Int, value: Int)] {
        var children: [(key: Int, value: Int)] = []
        forEachChild(of: object) { children.append(($0, $1)) }
        return children
    }

    private func elements(of array: Int) -> [Int] {
        var elements: [Int] = []
        forEachElement(of: array) { elements.append($0) }
        return elements
    }

    /// The keys and indices that lead from the top to a value, for an error to name it.
    func path(to node: Int) -> [any CodingKey] {
        var (path, container) = ([] as [any CodingKey], 0)
        while container < node {
            let isInside = { (child: Int) in child <= node && node < Int(self.nodes[child].next) }
            if nodes[container].kind == .object,
                let child = children(of: container).first(where: { isInside($0.value) })
            {
                path.append(PathStep(stringValue: text(child.key) ?? ""))
                container = child.value
            } else if let index = elements(of: container).firstIndex(where: isInside) {
                path.append(PathStep(intValue: index))
                container = elements(of: container)[index]
            } else {
                return path
            }
        }
        return path
    }

    private struct PathStep: CodingKey {
        let stringValue: String
        let intValue: Int?

        init(stringValue: String) {
            self.stringValue = stringValue
            intValue = nil
        }

        init(intValue: Int) {
            stringValue = "\(intValue)"
            self.intValue = intValue
        }
    }
}

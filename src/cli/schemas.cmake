# Writes OUTPUT, a C++ file holding the JSON schemas of src/cli/schemas as text; run by the build as a script.
set(body "")
file(GLOB files ${ROOT}/src/cli/schemas/*.json)
list(SORT files)
foreach(path IN LISTS files)
  get_filename_component(name ${path} NAME_WE)
  file(READ ${path} text)
  string(APPEND body "      {\"${name}\", R\"schema(${text})schema\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made by src/cli/schemas.cmake; not to be edited.
#include \"cli/schemas.h\"

namespace tonghop {

const std::vector<std::pair<std::string, std::string>>& schemas() {
  static const std::vector<std::pair<std::string, std::string>> all = {
${body}  };
  return all;
}

}  // namespace tonghop
")

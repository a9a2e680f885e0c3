# The models that the build makes, read by build.sh.
fmu battery
fmu cycler _Cell_Voltage\"
model performance-ageing/cell/gen3b/physics-based/LgM50_1.1.0 cell.json battery=battery cycler=cycler
